import { Agent } from "node:http";
import { EXPERIMENTS } from "../site/experiments";
import { durationOf, failuresOf, type Kind, Ledger } from "../traffic/ledger";
import { addressOf } from "../traffic/traffic";
import { Visitor } from "../traffic/visitor";

export interface Load {
  baseUrl: string;
  cookieSecret: string;
  /** How long visitors are made ready at most, and then measured at most. */
  seconds: number;
  /** Visitors who ask again as soon as they are answered. */
  atOnce: number;
}

export interface Measured {
  what: string;
  requests: number;
  perSecond: number;
  p50: number;
  p99: number;
  failures: string[];
}

export interface Work {
  what: string;
  kind: Kind;
  /** What the visitor has done before; it is not measured. */
  isKnown: boolean;
  /** Whether one visitor can do it again and again. */
  isRepeated: boolean;
  work(visitor: Visitor): Promise<unknown>;
}

const [{ slug: SLUG }] = EXPERIMENTS;

export const WORKS: readonly Work[] = [
  {
    what: "page of a new visitor",
    kind: "page",
    isKnown: false,
    isRepeated: false,
    work: (visitor) => visitor.openPage(),
  },
  {
    what: "decision for two experiments, new visitor",
    kind: "decide",
    isKnown: false,
    isRepeated: false,
    work: async (visitor) => {
      await visitor.comeBack();
      await visitor.decide();
    },
  },
  {
    what: "decision for two experiments, returning visitor",
    kind: "decide",
    isKnown: true,
    isRepeated: true,
    work: (visitor) => visitor.decide(),
  },
  {
    what: "report of an exposure",
    kind: "exposure",
    isKnown: true,
    isRepeated: false,
    work: (visitor) => visitor.expose(SLUG),
  },
  {
    what: "report of a conversion",
    kind: "conversion",
    isKnown: true,
    isRepeated: false,
    work: (visitor) => visitor.convert(SLUG),
  },
];

/** As many requests of one kind as a node answers. */
export async function measure(
  { what, kind, isKnown, isRepeated, work }: Work,
  load: Load,
): Promise<Measured> {
  const { baseUrl, cookieSecret, seconds, atOnce } = load;
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const ledger = new Ledger();
  const aVisitor = () =>
    new Visitor({
      baseUrl,
      agent,
      cookieSecret,
      ledger,
      address: addressOf(Math.floor(Math.random() * 2 ** 24)),
      isOver: () => false,
    });
  const known: Visitor[] = [];
  if (isKnown)
    await sideBySide(atOnce, seconds, async () => {
      const visitor = aVisitor();
      await visitor.comeBack();
      await visitor.decide();
      known.push(visitor);
      return true;
    });
  // What made them ready is not measured.
  ledger.entries.length = 0;
  let next = 0;
  const since = performance.now();
  await sideBySide(atOnce, seconds, async () => {
    const visitor = isKnown ? known[isRepeated ? next++ % known.length : next++] : aVisitor();
    // All who were made ready have done it.
    if (visitor === undefined) return false;
    await work(visitor);
    return true;
  });
  const perSecond = ledger.entries.length / ((performance.now() - since) / 1_000);
  agent.destroy();
  return {
    what,
    requests: ledger.entries.length,
    perSecond,
    p50: durationOf(ledger.entries, kind, 0.5),
    p99: durationOf(ledger.entries, kind, 0.99),
    failures: failuresOf(ledger.entries),
  };
}

async function sideBySide(atOnce: number, seconds: number, work: () => Promise<boolean>): Promise<void> {
  const until = performance.now() + 1_000 * seconds;
  const worker = async () => {
    while (performance.now() < until && (await work()));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
