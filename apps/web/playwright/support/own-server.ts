import { createTestDatabase, dropTestDatabase } from "@calcom/embedded-postgres/test-server";
import { createAuth } from "@calcom/features/auth/server";
import { createDatabase, type Database } from "@calcom/prisma";
import { testEnv } from "./test-env";
import { startWebServer, type TestWebServer } from "./web-server";

/** A server on a database of its own that nobody has used yet: no demo, only an administrator. */
export interface OwnServer {
  baseUrl: string;
  database: Database;
  admin: { email: string; password: string };
  signUp(name: string): Promise<{ email: string; password: string }>;
  /** Ends the server without warning and starts another one in its place. */
  killAndRestart(): Promise<void>;
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const password = "correct horse battery";

/** `env` holds settings over the usual ones, such as CONSENT_MODE. */
export async function startOwnServer({
  env = {},
}: {
  env?: Record<string, string>;
} = {}): Promise<OwnServer> {
  const { databaseUrl: adminUrl, template } = testEnv();
  const { name, url } = await createTestDatabase({ adminUrl, prefix: "own", template });
  const database = createDatabase({ connectionString: url, max: 4 });
  const auth = createAuth(database);
  const admin = { name: "Ada", email: "ada@own.example", password };
  await auth.createAdmin(admin);
  let server: TestWebServer = await startWebServer({ databaseUrl: url, env });
  const { baseUrl, port } = server;
  const restart = async () => {
    server = await startWebServer({ databaseUrl: url, port, env });
  };
  return {
    baseUrl,
    database,
    admin,
    async signUp(person) {
      const email = `${person.toLowerCase()}@own.example`;
      await auth.signUp({ name: person, email, password });
      return { email, password };
    },
    kill: () => server.kill(),
    restart,
    async killAndRestart() {
      await server.kill();
      await restart();
    },
    async stop() {
      await server.stop();
      await database.close();
      await dropTestDatabase(adminUrl, name);
    },
  };
}
