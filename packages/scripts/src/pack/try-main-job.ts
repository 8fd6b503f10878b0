import fs from "node:fs";
import path from "node:path";
import { createTestDatabase, startTestServer } from "@calcom/embedded-postgres/test-server";
import { runNode } from "../lib/processes";
import { withinHost } from "./open-doors";
import type { Written } from "./write-package";

/** Kinds of ids that people of other applications have. */
const ID_TYPES = ["text", "uuid"];

/** Does with the package what somebody installs it for, on a database of their own. Returns what went wrong. */
export async function tryMainJob(written: Written): Promise<string[]> {
  if (written.recipe.sql.length === 0) return [];
  const server = await startTestServer();
  try {
    return await withinHost(written, async (host) => {
      const program = path.join(host, "main-job.mjs");
      fs.copyFileSync(path.join(import.meta.dirname, "main-job.mjs"), program);
      const tried = ID_TYPES.map(async (idType) => {
        const { url } = await createTestDatabase({ adminUrl: server.adminUrl, prefix: "pack" });
        const { code, output } = await runNode([program, written.name, url, idType], { cwd: host });
        return code === 0 ? [] : [`${idType}: ${output}`];
      });
      return (await Promise.all(tried)).flat();
    });
  } finally {
    await server.stop();
  }
}
