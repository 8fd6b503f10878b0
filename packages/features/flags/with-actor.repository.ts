import type { Database } from "@calcom/prisma";
import { Prisma } from "@calcom/prisma";

/**
 * Runs a change in one transaction, in which the audit triggers find who made it. The setting lasts for the transaction
 * only, so that it never stays on a pooled connection.
 */
export function withActor<T>(
  { prisma }: Database,
  actorId: number,
  change: (tx: Prisma.TransactionClient) => Promise<T>,
): Promise<T> {
  return prisma.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT set_config('calcom.actor_id', ${String(actorId)}, true)`;
    return change(tx);
  });
}

/** The SQLSTATE of a failure; null for a failure that has none. */
export function sqlStateOf(error: unknown): string | null {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return null;
  const adapterError: unknown = error.meta?.driverAdapterError;
  const cause = adapterError instanceof Error ? adapterError.cause : null;
  if (typeof cause !== "object" || cause === null || !("originalCode" in cause)) return null;
  return typeof cause.originalCode === "string" ? cause.originalCode : null;
}
