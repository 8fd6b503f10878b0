/**
 * Waits so long at most, and then rejects with what `late` makes. What was waited for goes on. What has arrived by then is
 * read first: a process that was kept from running, by a busy machine or by its own work, is not late for that.
 */
export async function within<Answer>(
  milliseconds: number,
  answer: Promise<Answer>,
  late: () => Error,
): Promise<Answer> {
  let timeout: NodeJS.Timeout | undefined;
  const patience = new Promise<never>((_, reject) => {
    const giveUp = () => reject(late());
    timeout = setTimeout(() => setImmediate(() => setImmediate(giveUp)), milliseconds);
  });
  try {
    return await Promise.race([answer, patience]);
  } finally {
    clearTimeout(timeout);
  }
}

/** Says that something was not read in time, as `isDatabaseAway` understands it. */
export function lateFor(what: string): () => Error {
  return () => Object.assign(new Error(`${what} was not read in time.`), { code: "ETIMEDOUT" });
}

/** Waits so long at most, whatever becomes of it. What was waited for goes on. */
export async function atMost(milliseconds: number, work: Promise<unknown> | null): Promise<void> {
  let timeout: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timeout = setTimeout(resolve, milliseconds);
  });
  try {
    await Promise.race([work, patience]);
  } finally {
    clearTimeout(timeout);
  }
}
