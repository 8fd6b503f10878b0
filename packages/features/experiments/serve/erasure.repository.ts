import { LONG_WRITE_MS, queryRowsLong } from "../sql/long-statement";
import { inTransaction, type Pool } from "../sql/runner";
import type { HostId } from "../types/host-id";

/** Erases a subject that no foreign key erases: because there are none, or because the host keeps the row. */
export class ErasureRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  forgetUser(userId: HostId): Promise<void> {
    return this.#forget("SELECT forget_experiment_user($1)", userId);
  }

  forgetTeam(teamId: HostId): Promise<void> {
    return this.#forget("SELECT forget_experiment_team($1)", teamId);
  }

  /** All of it or nothing. */
  async #forget(text: string, id: HostId): Promise<void> {
    await inTransaction(this.#pool, (transaction) => queryRowsLong(transaction, text, [id], LONG_WRITE_MS));
  }
}
