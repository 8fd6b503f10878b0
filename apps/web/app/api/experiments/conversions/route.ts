import { experiments } from "@calcom/features/experiments/server";
import { conversionsSchema } from "@calcom/features/experiments/types";
import { eventEndpoint } from "@/modules/experiments/event-endpoint";

export const POST = eventEndpoint(conversionsSchema, (identity, { conversions }) =>
  experiments().recordConversions(identity, conversions),
);
