import { createTestDatabase, dropTestDatabase, startTestServer } from "@calcom/embedded-postgres/test-server";
import { DAY_MS } from "@calcom/lib/time";
import { deployMigrations } from "@calcom/prisma/deploy";
import { migrationsDir } from "../../lib/paths";
import { Random } from "../engine/internals";
import { anInput, type ExperimentInput, type StoredResult } from "../internals";
import { type OpenedModule, openModule } from "./open-module";

/** The experiments module as a node has it, on a database that is thrown away. */
export interface World extends OpenedModule {
  random: Random;
  /** The last one, UTC, in epoch milliseconds: looks are made then, so that the hour of a run changes no figure. */
  midnight: number;
  /** All `full` subjects, or a part of them in a quick run. */
  size(full: number, quick: number): number;
  create(changes: Partial<ExperimentInput>): Promise<string>;
  /** Sets the salt of a draft, which is random otherwise: the same seed must give everybody the same variant. */
  giveSalt(slug: string): Promise<void>;
  start(slug: string): Promise<void>;
  recount(slug: string): Promise<StoredResult>;
}

export async function openWorld({ quick, seed }: { quick: boolean; seed: number }): Promise<World> {
  const server = await startTestServer();
  const { name, url } = await createTestDatabase({ adminUrl: server.adminUrl, prefix: "simulate" });
  const cleanUp = async () => {
    await dropTestDatabase(server.adminUrl, name);
    await server.stop();
  };
  try {
    await deployMigrations({ connectionString: url, migrationsDir });
    const opened = await openModule(url);
    return {
      ...actionsOf(opened, seed),
      ...opened,
      midnight: Math.floor(Date.now() / DAY_MS) * DAY_MS,
      random: new Random(seed * 1_000 + 500),
      size: (full, small) => (quick ? small : full),
      async close() {
        await opened.close();
        await cleanUp();
      },
    };
  } catch (error) {
    await cleanUp();
    throw error;
  }
}

function actionsOf(
  { module, pool, admin }: OpenedModule,
  seed: number,
): Pick<World, "create" | "giveSalt" | "start" | "recount"> {
  let created = 0;
  const giveSalt = async (slug: string) => {
    await pool.query(
      `UPDATE "Feature" SET "metadata" = "metadata" || jsonb_build_object('salt', $2::text) WHERE "slug" = $1`,
      [slug, `${seed}-${slug}`],
    );
  };
  return {
    async create(changes) {
      const slug = `simulated-${++created}`;
      await module.admin.editing.create(admin, anInput({ unit: "visitor", ...changes, slug }));
      await giveSalt(slug);
      return slug;
    },
    giveSalt,
    async start(slug) {
      const { version } = await module.admin.catalog.get(admin, slug);
      await module.admin.lifecycle.updateStatus(admin, { slug, version, action: "start" });
    },
    async recount(slug) {
      const result = await module.recounts.recount(slug, { isPatient: true });
      if (result === null) throw new Error(`${slug} could not be counted.`);
      return result;
    },
  };
}
