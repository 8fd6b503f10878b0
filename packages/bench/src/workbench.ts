import { createTestDatabase, dropTestDatabase, startTestServer } from "@calcom/embedded-postgres/test-server";
import { deployMigrations } from "@calcom/prisma/deploy";
import { migrationsDir } from "@calcom/scripts/paths";
import { startWebServer, type WebServer } from "./assign/web-server";
import { createFixture, type Fixture } from "./internals";

/** What benchmarks share: each thing is made when the first of them asks for it. */
export class Workbench {
  readonly #cleanups: (() => Promise<unknown>)[] = [];
  #fixture: Promise<Fixture & { url: string }> | undefined;
  #webServer: Promise<WebServer> | undefined;

  /** A migrated database that writes as durably as a real one, and the experiments module on it. */
  fixture(): Promise<Fixture & { url: string }> {
    this.#fixture ??= this.#createFixture();
    return this.#fixture;
  }

  /** The production server of the application, on that database. */
  webServer(): Promise<WebServer> {
    this.#webServer ??= this.#startWebServer();
    return this.#webServer;
  }

  /** Remembers what has to be ended before the database. */
  onClose(cleanup: () => Promise<unknown>): void {
    this.#cleanups.push(cleanup);
  }

  /** Ends everything, last things first. */
  async close(): Promise<void> {
    for (const cleanup of this.#cleanups.splice(0).reverse()) await cleanup();
  }

  async #createFixture(): Promise<Fixture & { url: string }> {
    const server = await startTestServer({ isDurable: true });
    this.#cleanups.push(() => server.stop());
    const { name, url } = await createTestDatabase({ adminUrl: server.adminUrl, prefix: "bench" });
    this.#cleanups.push(() => dropTestDatabase(server.adminUrl, name));
    await deployMigrations({ connectionString: url, migrationsDir });
    const fixture = await createFixture(url);
    this.#cleanups.push(() => fixture.close());
    return { ...fixture, url };
  }

  async #startWebServer(): Promise<WebServer> {
    const { url } = await this.fixture();
    const server = await startWebServer(url);
    this.#cleanups.push(() => server.stop());
    return server;
  }
}
