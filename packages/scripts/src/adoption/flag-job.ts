import assert from "node:assert/strict";
import type { BrowserContext } from "@playwright/test";
import type { Pool } from "pg";
import type { HostFlags } from "./host";
import { EXPERIMENT, type Job } from "./job";

interface Stored {
  slug: string;
  version: number;
  status: string;
}

/** What an application asks besides that has had flags before, and code that writes them. */
export class FlagJob {
  readonly #job: Job;
  readonly #pool: Pool;
  readonly #flags: HostFlags;
  readonly #admin: BrowserContext;

  constructor(job: Job, pool: Pool, flags: HostFlags, admin: { context: BrowserContext }) {
    this.#job = job;
    this.#pool = pool;
    this.#flags = flags;
    this.#admin = admin.context;
  }

  /** The application switches a running experiment off and on, and stamps its row. */
  async switchExperiment(): Promise<void> {
    const { slug } = EXPERIMENT;
    const before = await this.#read(slug);
    await this.#writeAsHost({ slug, isUsed: true });
    assert.equal((await this.#read(slug)).version, before.version, "A stamp was taken for a change.");
    await this.#writeAsHost({ slug, enabled: false });
    assert.equal((await this.#read(slug)).status, "off");
    const person = await this.#job.addPerson("while-off");
    assert.deepEqual(await this.#ask(person.context, slug), { variant: null, reason: "not_running" });
    await this.#writeAsHost({ slug, enabled: true });
    assert.equal((await this.#read(slug)).status, "running");
    assert.equal((await this.#ask(person.context, slug)).reason, "allocated");
  }

  /** A flag becomes an experiment and a flag again, and whoever has it keeps it all the while. */
  async convertAndBack(): Promise<void> {
    const { slug } = this.#flags;
    const before = await this.#readRow();
    const chosen = await this.#job.addPerson("chosen");
    await this.#pool.query(this.#flags.select, [chosen.id]);
    const keeps = async (when: string) =>
      assert.equal((await this.#ask(chosen.context, slug)).variant, "treatment", `Not kept ${when}.`);
    await this.#convert();
    await keeps("in the draft");
    await this.#start();
    await keeps("while it runs");
    const { version } = await this.#read(slug);
    await this.#job.act(this.#admin, "flagMigration.revert", { slug, version });
    assert.deepEqual(await this.#readRow(), before);
    await this.#pool.query(this.#flags.unselect, [chosen.id]);
  }

  /** Left to whoever takes the module out: somebody has been assigned to it, and it runs. */
  async leaveConverted(): Promise<void> {
    await this.#convert();
    await this.#start();
    const other = await this.#job.addPerson("other");
    assert.equal((await this.#ask(other.context, this.#flags.slug)).reason, "allocated");
  }

  async #convert(): Promise<void> {
    const { slug } = this.#flags;
    const asked = { slug, unit: "user" };
    const plan = await this.#job.act<{ version: number; obstacle: unknown }>(
      this.#admin,
      "flagMigration.plan",
      asked,
    );
    assert.equal(plan.obstacle, null);
    await this.#job.act(this.#admin, "flagMigration.convert", { ...asked, version: plan.version });
  }

  async #start(): Promise<void> {
    const { slug } = this.#flags;
    const { version } = await this.#read(slug);
    const step = { slug, version, action: "start", withoutMetric: "It is about the flag." };
    await this.#job.act(this.#admin, "updateStatus", step);
  }

  #read(slug: string): Promise<Stored> {
    return this.#job.act<Stored>(this.#admin, "get", { slug });
  }

  /** As the application has it: without what is added, and without who changed it last. */
  async #readRow(): Promise<unknown> {
    const { rows } = await this.#pool.query(this.#flags.read, [this.#flags.slug]);
    return rows[0];
  }

  async #ask(context: BrowserContext, slug: string): Promise<{ variant: string | null; reason: string }> {
    const { answers } = await this.#job.post<{ answers: { variant: string | null; reason: string }[] }>(
      context,
      "answers",
      { requests: [{ slug }] },
    );
    const [answer] = answers;
    assert(answer !== undefined);
    return { variant: answer.variant, reason: answer.reason };
  }

  async #writeAsHost(change: { slug: string; enabled?: boolean; isUsed?: boolean }): Promise<void> {
    const response = await this.#admin.request.post(this.#job.addressOf("/api/flags"), { data: change });
    assert.equal(response.status(), 204, await response.text());
  }
}
