import "server-only";
import { experimentsAdmin } from "@calcom/features/experiments/server";
import { type MetricDetail, metricKeySchema } from "@calcom/features/experiments/types";
import { isAppError } from "@calcom/lib/errors";
import { notFound } from "next/navigation";
import { cache } from "react";

/** The key in a page's address. One that no metric can have is a 404, and never reaches the database. */
export async function readMetricKey(params: Promise<{ key: string }>): Promise<string> {
  const key = metricKeySchema.safeParse((await params).key);
  return key.success ? key.data : notFound();
}

/** Once per request, for the page and its title. One that does not exist is a 404. */
export const loadMetric = cache(async (userId: number, key: string): Promise<MetricDetail> => {
  try {
    return await experimentsAdmin().metricCatalog.get({ userId }, key);
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") notFound();
    throw error;
  }
});
