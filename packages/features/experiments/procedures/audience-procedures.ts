import { hostId } from "@calcom/lib/gate/numbers";
import { z } from "zod";
import type { AdminServices } from "../admin-services";
import { experimentInputSchema, planQuestionSchema } from "../types/input";
import { metricKeySchema } from "../types/metrics";
import { knownSlugSchema, searchSchema } from "../types/names";
import { unitSchema } from "../types/settings";
import { targetingRulesSchema } from "../types/targeting-rules";
import { query, queryAll } from "./procedure";

const trialSchema = z.object({
  slug: knownSlugSchema.optional(),
  input: experimentInputSchema.optional(),
  subjectId: hostId,
});

const teamsSchema = z.object({
  search: searchSchema.default(""),
  /** The teams that are chosen already, so that they have names too. */
  ids: z.array(hostId).max(1_000).default([]),
  onlyOrganizations: z.boolean().nullable().default(null),
});

const checklistSchema = z.object({ slug: knownSlugSchema, primaryMetric: metricKeySchema.optional() });

/** The audience that settings would reach, asked while somebody is still choosing them. */
export const audienceProcedures = ({ admin }: AdminServices) => ({
  count: query(z.object({ unit: unitSchema, targetingRules: targetingRulesSchema }), (actor, input) =>
    admin().audience.count(actor, input),
  ),
  tryOut: query(trialSchema, (actor, input) => admin().audience.tryOut(actor, input)),
  teams: query(teamsSchema, (actor, input) => admin().audience.findTeams(actor, input)),
  people: query(z.object({ search: searchSchema }), (actor, input) =>
    admin().audience.findPeople(actor, input),
  ),
  /** Forecasts how many come in a week, and what effect so many weeks can find. */
  forecast: query(planQuestionSchema, (actor, input) => admin().planning.forecast(actor, input)),
  startChecklist: query(checklistSchema, (actor, input) =>
    admin().planning.startChecklist(actor, input.slug, input.primaryMetric),
  ),
  attributes: queryAll((actor) => admin().audience.listAttributes(actor)),
});
