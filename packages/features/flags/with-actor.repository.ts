import type { Database, Prisma } from "@calcom/prisma";

/**
 * Runs a change in one transaction, in which the audit triggers find who made it. The setting lasts for the transaction
 * only, so that it never stays on a pooled connection.
 */
export function withActor<T>(
  { prisma }: Database,
  actorId: number | null,
  change: (tx: Prisma.TransactionClient) => Promise<T>,
  { limitMs = 5_000 } = {},
): Promise<T> {
  return prisma.$transaction(
    async (tx) => {
      await nameActor(tx, actorId);
      return change(tx);
    },
    { timeout: limitMs },
  );
}

/** Sets the person in whose name the rest of the transaction acts; null for none. */
export async function nameActor(tx: Prisma.TransactionClient, actorId: number | null): Promise<void> {
  await tx.$queryRaw`SELECT set_config('calcom.actor_id', ${String(actorId ?? "")}, true)`;
}
