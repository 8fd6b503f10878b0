import { randomUUID } from "node:crypto";
import type { Agent } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { signVisitorId, VISITOR_COOKIE } from "@calcom/features/experiments";
import { z } from "zod";
import type { Reported } from "../judging/judge";
import { EXPERIMENTS, HERO, HERO_TREATMENT } from "../site/experiments";
import { type Answer, ask, NoAnswer, type Question } from "./ask";
import type { Entry, Kind, Ledger } from "./ledger";

export interface VisitorParts {
  baseUrl: string;
  agent?: Agent;
  ledger: Ledger;
  cookieSecret: string;
  /** Each browser of another address, as a proxy reports it. */
  address: string;
  /** Stops trying again. */
  isOver: () => boolean;
}

const answersSchema = z.object({
  result: z.object({
    data: z.object({ json: z.array(z.object({ slug: z.string(), variant: z.string().nullable() })) }),
  }),
});
const QUESTION = encodeURIComponent(
  JSON.stringify({ json: { requests: EXPERIMENTS.map(({ slug }) => ({ experimentSlug: slug })) } }),
);
/** As long as a page tries, and much longer: what is tried here is the server. */
const TRIES = 40;

/** A browser: it opens the page, asks for its variants, reports what it saw, and converts. */
export class Visitor {
  readonly #parts: VisitorParts;
  #id: string | null = null;
  #cookie = "";
  readonly #variants = new Map<string, string>();
  readonly #seen = new Set<string>();

  constructor(parts: VisitorParts) {
    this.#parts = parts;
  }

  /** Takes an id of its own making, as the cookie of an earlier visit would bring. */
  async comeBack(): Promise<void> {
    this.#id = randomUUID();
    this.#cookie = await signVisitorId(this.#id, this.#parts.cookieSecret);
  }

  /** What a person does on a visit. Where the server does not answer, they leave; when all is over, too. */
  async visit(): Promise<void> {
    await this.openPage();
    if (this.#id === null) await this.comeBack();
    if (!this.#parts.isOver()) await this.decide();
    for (const slug of this.#variants.keys()) {
      if (!this.#seen.has(slug)) await this.expose(slug);
      await this.convert(slug);
    }
  }

  async openPage(): Promise<void> {
    const headers = { accept: "text/html", "sec-fetch-dest": "document", "accept-language": "en" };
    const answer = await this.#ask("page", { path: "/", headers });
    if (answer?.status !== 200) return;
    const [, id, cookie] =
      new RegExp(`${VISITOR_COOKIE}=(([^;.]+)\\.[^;]+)`).exec(answer.headers["set-cookie"]?.join() ?? "") ??
      [];
    if (id !== undefined && cookie !== undefined) [this.#cookie, this.#id] = [id, cookie];
    // Control is also what a page shows that did not wait; the treatment is shown to those alone who have it.
    if (this.#id !== null && answer.text.includes(HERO_TREATMENT.headline))
      this.#parts.ledger.told.push({ visitorId: this.#id, slug: HERO, variant: HERO_TREATMENT.variant });
  }

  /** Returns the variants by slug; null stands for control that nobody is counted for. */
  async decide(): Promise<ReadonlyMap<string, string | null>> {
    const path = `/api/trpc/viewer.experiments.getVariants?input=${QUESTION}`;
    const entry: { served?: number } = {};
    const answer = await this.#ask("decide", { path }, entry);
    if (answer?.status !== 200) return new Map();
    const answers = answersSchema.parse(JSON.parse(answer.text)).result.data.json;
    entry.served = 0;
    for (const { slug, variant } of answers) {
      if (variant === null) continue;
      entry.served++;
      this.#variants.set(slug, variant);
      this.#parts.ledger.told.push({ visitorId: this.#id ?? "", slug, variant });
    }
    return new Map(answers.map(({ slug, variant }) => [slug, variant]));
  }

  async expose(slug: string): Promise<void> {
    const body = { exposures: [{ slug, variant: this.#variants.get(slug) }] };
    if (!(await this.#report("exposure", "/api/experiments/exposures", body))) return;
    this.#seen.add(slug);
    this.#parts.ledger.seen.push({ visitorId: this.#id ?? "", slug });
  }

  /** Every third one is sent twice, as by a page that does not know whether it has arrived. */
  async convert(slug: string): Promise<void> {
    const event = EXPERIMENTS.find((one) => one.slug === slug)?.event ?? "";
    const report: Reported = { visitorId: this.#id ?? "", slug, event, key: randomUUID() };
    const body = { conversions: [{ slug, event, key: report.key }] };
    for (let times = Math.random() < 1 / 3 ? 2 : 1; times > 0; times--) {
      this.#parts.ledger.attempted.push(report);
      if (await this.#report("conversion", "/api/experiments/conversions", body))
        this.#parts.ledger.converted.push(report);
    }
  }

  /** Tries until the report is taken or refused for good. */
  async #report(kind: Kind, path: string, body: unknown): Promise<boolean> {
    for (let attempt = 0; attempt < TRIES && !this.#parts.isOver(); attempt++) {
      const answer = await this.#ask(kind, { path, body });
      if (answer?.status === 204) return true;
      if (answer !== null && answer.status < 500) return false;
      await sleep(Math.min(1_000, 100 * (attempt + 1)));
    }
    return false;
  }

  async #ask(kind: Kind, question: Question, entry: { served?: number } = {}): Promise<Answer | null> {
    const { baseUrl, agent, ledger, address } = this.#parts;
    const at = performance.now();
    const headers = {
      "x-forwarded-for": address,
      ...(this.#cookie === "" ? {} : { cookie: `${VISITOR_COOKIE}=${this.#cookie}` }),
      ...question.headers,
    };
    const end = (how: Entry["end"]) =>
      ledger.entries.push(Object.assign(entry, { kind, at, ms: performance.now() - at, end: how }));
    try {
      const answer = await ask(baseUrl, { ...question, headers, ...(agent === undefined ? {} : { agent }) });
      end(answer.status);
      return answer;
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      end(error.code);
      return null;
    }
  }
}
