import "server-only";
import { experimentsAdmin } from "@calcom/features/experiments/server";
import type { ExperimentDetail } from "@calcom/features/experiments/types";
import { isAppError } from "@calcom/lib/errors";
import { notFound } from "next/navigation";
import { cache } from "react";

/** Once per request, for the page and its title; a slug that is not there is a 404. */
export const loadExperiment = cache(async (adminId: number, slug: string): Promise<ExperimentDetail> => {
  try {
    return await experimentsAdmin().catalog.get({ userId: adminId }, slug);
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") notFound();
    throw error;
  }
});
