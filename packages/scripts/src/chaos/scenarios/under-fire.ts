import { setTimeout as sleep } from "node:timers/promises";
import { holds, inTime, none, shown } from "../judging/findings";
import { findKept } from "../judging/kept";
import type { Finding, Pace } from "../scenario";
import type { Site } from "../site/site";
import { durationOf, failuresOf, Ledger } from "../traffic/ledger";
import { Visitor } from "../traffic/visitor";

export interface Fire {
  baseUrl: string;
  perSecond?: number;
  /** What breaks, and what mends it. Traffic goes on meanwhile. */
  fault: (during: (seconds: number) => Promise<void>) => Promise<void>;
}

export interface Burnt {
  ledger: Ledger;
  /** Sent while the fault lasted. */
  during: ReturnType<Ledger["between"]>;
  /** Whether what was answered is stored, and whether all is as before. */
  findings: Finding[];
}

const PER_SECOND = 15;
/** Beside other stages of `npm test` a server gets a fraction of the machine. */
const QUICK_PER_SECOND = 5;

/** How long a phase lasts. */
export function phase(seconds: number, { isQuick }: Pick<Pace, "isQuick">): number {
  return isQuick ? Math.min(seconds, 1.5) : seconds;
}

/** Visitors come before, during and after a fault; then what was answered is held to what is stored. */
export async function underFire(site: Site, pace: Pace, { baseUrl, perSecond, fault }: Fire): Promise<Burnt> {
  const traffic = site.traffic(baseUrl, pace.isQuick ? QUICK_PER_SECOND : (perSecond ?? PER_SECOND));
  const { ledger } = traffic;
  try {
    await traffic.goOn(phase(3, pace));
    const from = performance.now();
    await fault((seconds) => traffic.goOn(phase(seconds, pace)));
    const mendedAt = performance.now();
    const backMs = await untilServed(site, baseUrl);
    await traffic.goOn(phase(3, pace));
    const asBefore = performance.now();
    await traffic.goOn(phase(2, pace));
    await traffic.end();
    return {
      ledger,
      during: ledger.between(from, mendedAt),
      findings: [
        ...(await findKept(site, ledger)),
        backMs === null
          ? holds("new visitors get variants again", false)
          : inTime("new visitors get variants again after", backMs, BACK_WITHIN_MS),
        none("failed requests after recovery", failuresOf(ledger.between(asBefore))),
        inTime("longest wait for a response", Math.max(...ledger.entries.map(({ ms }) => ms)), 10_000),
      ],
    };
  } finally {
    await traffic.end();
  }
}

const BACK_WITHIN_MS = 2_000;
const PATIENCE_MS = 30_000;

/** Milliseconds until a new visitor gets variants that are stored; null if that does not come to pass. */
export async function untilServed(site: Site, baseUrl: string): Promise<number | null> {
  const since = performance.now();
  for (let index = 0; performance.now() - since < PATIENCE_MS; index++) {
    const visitor = aVisitor(site, baseUrl, index);
    await visitor.comeBack();
    const answers = [...(await visitor.decide()).values()];
    if (answers.length > 0 && answers.every((variant) => variant !== null)) return performance.now() - since;
    await sleep(50);
  }
  return null;
}

/** The variants of a visitor. A busy machine may take longer for them than a decision may: then they ask again. */
export async function variantsOf(visitor: Visitor): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const answers = [...(await visitor.decide())];
    const isWhole = answers.length > 0 && answers.every(([, variant]) => variant !== null);
    if (isWhole || attempt === 50) return isWhole ? JSON.stringify(answers) : "none";
    await sleep(50);
  }
}

/** One beside the traffic, whom nobody judges. */
export function aVisitor(site: Site, baseUrl: string, index: number, ledger = new Ledger()): Visitor {
  const cookieSecret = site.secrets.VISITOR_COOKIE_SECRET ?? "";
  return new Visitor({
    baseUrl,
    ledger,
    cookieSecret,
    address: `172.16.${index >> 8}.${index & 255}`,
    isOver: () => false,
  });
}

/** How decisions were answered while the fault lasted. */
export function findAnswers(during: Burnt["during"]): Finding[] {
  const decisions = during.filter(({ kind }) => kind === "decide" || kind === "page");
  return [
    none("failed pages and decisions during the fault", failuresOf(decisions)),
    shown("decisions during the fault", during.filter(({ kind }) => kind === "decide").length),
    shown("their p50", `${Math.round(durationOf(during, "decide", 0.5))} ms`),
    inTime("their p99", durationOf(during, "decide", 0.99), 300),
  ];
}
