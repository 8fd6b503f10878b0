import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Pool } from "../../../sql/runner";
import type { Unit } from "../../../types/settings";

type On = Pool | pg.PoolClient;
type Act = [name: string, act: (on: On) => Promise<unknown>];

/** What may happen to the rows of an experiment, at random, as its users, raw SQL and clocks that agree would do it. */
export class RandomRows {
  readonly #pool: Pool;
  readonly #slug: string;
  readonly #unit: Unit;
  readonly #random: () => number;
  readonly #users: number[];
  readonly #teams: number[];
  /** A transaction that is open over several steps. */
  #open: pg.PoolClient | null = null;

  constructor(
    pool: Pool,
    of: { slug: string; unit: Unit; random: () => number; users: number[]; teams: number[] },
  ) {
    this.#pool = pool;
    this.#slug = of.slug;
    this.#unit = of.unit;
    this.#random = of.random;
    this.#users = [...of.users];
    this.#teams = [...of.teams];
  }

  async start(): Promise<void> {
    await this.#enrol(this.#pool, 60);
    await this.#expose(this.#pool, 40);
    await this.#convert(this.#pool, 30);
    if (this.#unit === "visitor") await this.#link(this.#pool, 15);
  }

  /** Returns what was done. */
  async step(): Promise<string[]> {
    const done: string[] = [];
    for (let left = 1 + this.#below(4); left > 0; left--) {
      const [name, act] = this.#pick(this.#acts());
      const inOpen = this.#open !== null && this.#random() < 0.3 && MAY_WAIT.has(name);
      await act(inOpen && this.#open !== null ? this.#open : this.#pool);
      done.push(inOpen ? `${name} in the open transaction` : name);
    }
    return done;
  }

  #acts(): readonly Act[] {
    const few = () => 1 + this.#below(12);
    const run = (sql: string) => (on: On) => on.query(sql);
    const usual: Act[] = [
      ["enrol", (on) => this.#enrol(on, few())],
      ["expose", (on) => this.#expose(on, few())],
      ["convert", (on) => this.#convert(on, few())],
      [
        "confirm",
        run(
          `UPDATE "ExperimentVariant" SET "isProvisional" = false WHERE "id" IN (${this.#some(3, `"isProvisional"`)})`,
        ),
      ],
      [
        "sweep",
        run(`DELETE FROM "ExperimentVariant" AS own WHERE "id" IN (${this.#some(2, `"isProvisional" AND "exposedAt" IS NULL`)})
          AND NOT EXISTS (SELECT FROM "ExperimentConversion" WHERE "assignmentId" = own."id")`),
      ],
      ["open", () => this.#openOne()],
      [
        "send",
        run(`UPDATE "ExperimentVariant" SET "sentAt" = now() WHERE "id" IN (${this.#some(5, "true")})`),
      ],
    ];
    if (this.#unit === "visitor") usual.push(["link", (on) => this.#link(on, few())]);
    const rare: Act[] = [
      ["erase", () => this.#erase()],
      [
        "rewrite",
        run(`UPDATE "ExperimentVariant" SET "exposedAt" = "exposedAt" - interval '1 day'
          WHERE "id" IN (${this.#some(3, `"exposedAt" IS NOT NULL`)})`),
      ],
      ["delete", run(`DELETE FROM "ExperimentVariant" WHERE "id" IN (${this.#some(2, "true")})`)],
      [
        "import",
        run(`UPDATE "ExperimentVariant" SET "assignmentType" = 'IMPORTED', "epoch" = NULL, "isProvisional" = false
          WHERE "id" IN (${this.#some(2, "true")})`),
      ],
      [
        "take a conversion back",
        run(`DELETE FROM "ExperimentConversion" WHERE "id" IN (${this.#someConversions(2)})`),
      ],
      [
        "revalue",
        run(
          `UPDATE "ExperimentConversion" SET "value" = "value" + 1 WHERE "id" IN (${this.#someConversions(2)})`,
        ),
      ],
    ];
    return this.#random() < 0.12 ? rare : usual;
  }

  async #enrol(on: On, count: number): Promise<void> {
    const column = `${this.#unit}Id`;
    const known = this.#unit === "user" ? this.#users : this.#teams;
    // Nobody waits for the open transaction, which has people of its own, nor for a row of somebody that it has changed.
    const own = on === this.#pool ? known.slice(0, -10) : known.slice(-10);
    const ids = Array.from({ length: count }, () =>
      this.#unit === "visitor" ? randomUUID() : this.#pick(own),
    );
    for (const id of new Set(ids)) {
      const isImported = this.#random() < 0.05;
      await on.query(
        `INSERT INTO "ExperimentVariant" ("experimentSlug", "variant", "${column}", "assignmentType", "epoch", "assignedAt", "exposedAt", "isProvisional")
         SELECT $1, $2, $3, $4::"AssignmentType", $5::int, ${this.#moment(12)}, CASE WHEN $6::boolean THEN now() - interval '1 day' END, $7
         WHERE NOT EXISTS (SELECT FROM "ExperimentVariant" WHERE "experimentSlug" = $1 AND "${column}" = $3)`,
        [
          this.#slug,
          this.#pick(["control", "urgent"]),
          id,
          isImported ? "IMPORTED" : "DETERMINISTIC",
          isImported ? null : this.#pick([1, 1, 2]),
          isImported,
          this.#unit === "visitor" && !isImported && this.#random() < 0.3,
        ],
      );
    }
  }

  #expose(on: On, count: number) {
    return on.query(
      `UPDATE "ExperimentVariant" SET "exposedAt" = "assignedAt" + floor(random() * 3) * interval '6 hours',
         "metadata" = CASE WHEN random() < 0.8 THEN jsonb_build_object('plan', (ARRAY['teams', 'individual'])[1 + floor(random() * 2)::int],
           'attributes', jsonb_build_object('seats', floor(random() * 30), 'beta', random() < 0.2)) END
       WHERE "id" IN (${this.#some(count, `"exposedAt" IS NULL`)})`,
    );
  }

  /** Some before the exposure, some after the window, and some at its edges to the millisecond. */
  #convert(on: On, count: number) {
    return on.query(
      `INSERT INTO "ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey", "value", "occurredAt")
       SELECT "id", (ARRAY['clicked', 'bought', 'settled', 'opened'])[1 + floor(random() * 4)::int], gen_random_uuid()::text,
         round((random() * 200 - 60)::numeric, 2), coalesce("exposedAt", "assignedAt")
           + (ARRAY['-1 ms', '0', '1 hour', '2 days', '5 days', '5 days -1 ms', '6 days'])[1 + floor(random() * 7)::int]::interval
       FROM "ExperimentVariant" WHERE "id" IN (${this.#some(count, "true")})`,
    );
  }

  async #link(on: On, count: number): Promise<void> {
    const { rows } = await this.#pool.query<{ visitorId: string }>(
      `SELECT "visitorId" FROM "ExperimentVariant" WHERE "id" IN (${this.#some(count, `"visitorId" IS NOT NULL`)})`,
    );
    // One after the other in one order: two transactions that link the same people would wait for each other.
    for (const { visitorId } of rows)
      await on.query(
        `INSERT INTO "VisitorLink" ("visitorId", "userId") VALUES ($1, $2) ON CONFLICT DO NOTHING`,
        [visitorId, this.#pick(this.#users.slice(0, 12))],
      );
  }

  async #erase(): Promise<unknown> {
    // What the open transaction has written of somebody would hold the deletion up.
    await this.end();
    if (this.#unit === "team")
      return this.#pool.query(`DELETE FROM "Team" WHERE "id" = $1`, [
        this.#teams.splice(this.#below(this.#teams.length - 1), 1)[0],
      ]);
    if (this.#unit === "visitor" && this.#random() < 0.5)
      return this.#pool.query(
        `WITH gone AS (SELECT "id", "visitorId" FROM "ExperimentVariant" WHERE "id" IN (${this.#some(1, `"visitorId" IS NOT NULL`)})),
           unlinked AS (DELETE FROM "VisitorLink" WHERE "visitorId" IN (SELECT "visitorId" FROM gone))
         UPDATE "ExperimentVariant" SET "visitorId" = NULL WHERE "id" IN (SELECT "id" FROM gone)`,
      );
    return this.#pool.query(`DELETE FROM "User" WHERE "id" = $1`, [
      this.#users.splice(this.#below(Math.min(11, this.#users.length - 1)), 1)[0],
    ]);
  }

  async #openOne(): Promise<void> {
    if (this.#open !== null) return this.end();
    this.#open = await this.#pool.connect();
    await this.#open.query("BEGIN");
    await this.#enrol(this.#open, 3);
    await this.#convert(this.#open, 3);
  }

  /** Ends the open transaction, one way or the other. */
  async end(): Promise<void> {
    const client = this.#open;
    this.#open = null;
    await client?.query(this.#random() < 0.7 ? "COMMIT" : "ROLLBACK");
    client?.release();
  }

  #some(count: number, condition: string): string {
    return `SELECT "id" FROM "ExperimentVariant" WHERE "experimentSlug" = '${this.#slug}' AND (${condition})
      ORDER BY random() LIMIT ${count} FOR UPDATE SKIP LOCKED`;
  }

  #someConversions(count: number): string {
    return `SELECT "id" FROM "ExperimentConversion" WHERE "experimentSlug" = '${this.#slug}' ORDER BY random() LIMIT ${count}`;
  }

  /** In whole quarters of a day, so that many are at the same moment. */
  #moment(days: number): string {
    return `date_trunc('day', now()) - ${this.#below(days * 4)} * interval '6 hours'`;
  }

  #below(count: number): number {
    return Math.floor(this.#random() * count);
  }

  #pick<T>(values: readonly T[]): T {
    return values[this.#below(values.length)] as T;
  }
}

/** Those that wait for no row of another one. */
const MAY_WAIT = new Set(["expose", "convert", "confirm", "send"]);
