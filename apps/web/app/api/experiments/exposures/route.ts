import { experiments } from "@calcom/features/experiments/server";
import { exposuresSchema } from "@calcom/features/experiments/types";
import { eventEndpoint } from "@/modules/experiments/event-endpoint";

export const POST = eventEndpoint(exposuresSchema, (identity, { exposures }) =>
  experiments().recordExposures(identity, exposures),
);
