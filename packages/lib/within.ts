/** Waits so long at most, and then rejects with what `late` makes. What was waited for goes on. */
export async function within<Answer>(
  milliseconds: number,
  answer: Promise<Answer>,
  late: () => Error,
): Promise<Answer> {
  let timeout: NodeJS.Timeout | undefined;
  const patience = new Promise<never>((_, reject) => {
    timeout = setTimeout(() => reject(late()), milliseconds);
  });
  try {
    return await Promise.race([answer, patience]);
  } finally {
    clearTimeout(timeout);
  }
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
