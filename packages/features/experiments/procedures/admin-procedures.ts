import { rowVersion } from "@calcom/lib/gate/numbers";
import { z } from "zod";
import type { AdminServices } from "../admin-services";
import { bulkSchema } from "../types/bulk";
import { calendarQuestionSchema } from "../types/calendar";
import { knownSlugSchema } from "../types/names";
import { listFilterSchema, viewNameSchema } from "../types/views";
import { audienceProcedures } from "./audience-procedures";
import { catalogProcedures } from "./catalog-procedures";
import { checklistProcedures } from "./checklist-procedures";
import { governanceProcedures } from "./governance-procedures";
import { linkProcedures } from "./link-procedures";
import { metricProcedures } from "./metric-procedures";
import { mutation, query, queryAll } from "./procedure";
import { resultsProcedures } from "./results-procedures";
import { stepProcedures } from "./step-procedures";

const bySlug = z.object({ slug: knownSlugSchema });
const byUnit = bySlug.extend({ unit: z.enum(["user", "team"]) });
const byName = z.object({ name: viewNameSchema });

/** The administration as its pages ask for it: the one contract of tRPC here and of the route elsewhere. */
export function createAdminProcedures(services: AdminServices) {
  const { admin } = services;
  return {
    ...catalogProcedures(services),
    ...stepProcedures(services),
    ...governanceProcedures(services),
    ...linkProcedures(services),
    audience: audienceProcedures(services),
    /** What ran when. */
    calendar: query(calendarQuestionSchema, (actor, input) => admin().calendar.list(actor, input)),
    checklist: checklistProcedures(services),
    /** What was recorded last, whether it counts, and what was not recorded. */
    feed: query(bySlug, (actor, input) => admin().feed.read(actor, input.slug)),
    metrics: metricProcedures(services),
    results: resultsProcedures(services),
    changeMany: mutation(bulkSchema, (actor, input) => admin().bulk.change(actor, input)),
    /** From a flag to an experiment and back. */
    flagMigration: {
      plan: query(byUnit, (actor, input) => admin().flagMigration.plan(actor, input)),
      convert: mutation(byUnit.extend({ version: rowVersion }), (actor, input) =>
        admin().flagMigration.convert(actor, input),
      ),
      revert: mutation(bySlug.extend({ version: rowVersion }), (actor, input) =>
        admin().flagMigration.revert(actor, input),
      ),
    },
    views: {
      list: queryAll((actor) => admin().views.list(actor)),
      save: mutation(byName.extend({ filter: listFilterSchema }), (actor, input) =>
        admin().views.save(actor, input),
      ),
      delete: mutation(byName, (actor, input) => admin().views.delete(actor, input.name)),
    },
  };
}

export type AdminProcedures = ReturnType<typeof createAdminProcedures>;
