import type { Database, Prisma } from "@calcom/prisma";

/**
 * Runs a change in one transaction, in which the audit triggers find who made it. The setting lasts for the transaction
 * only, so that it never stays on a pooled connection.
 */
export function withActor<T>(
  { prisma }: Database,
  actorId: number,
  change: (tx: Prisma.TransactionClient) => Promise<T>,
  { limitMs = 5_000 } = {},
): Promise<T> {
  return prisma.$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT set_config('calcom.actor_id', ${String(actorId)}, true)`;
      return change(tx);
    },
    { timeout: limitMs },
  );
}
