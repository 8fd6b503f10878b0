import { moment } from "@calcom/lib/gate/moments";
import { hostId } from "@calcom/lib/gate/numbers";
import { emailSchema, text } from "@calcom/lib/gate/text";
import { z } from "zod";
import type { AdminServices } from "../admin-services";
import { ACTIVITY_SUBJECTS } from "../types/activity";
import { knownSlugSchema } from "../types/names";
import { personQuestionSchema } from "../types/people";
import { EXPERIMENT_ROLES } from "../types/roles";
import { mutation, query, queryAll } from "./procedure";

const instantSchema = moment("Enter a date and time.");
const activitySchema = z.object({
  slug: knownSlugSchema.optional(),
  actorId: hostId.optional(),
  since: instantSchema.optional(),
  until: instantSchema.optional(),
  about: z.enum(ACTIVITY_SUBJECTS).optional(),
  /** Changes of experiments alone: neither who looked, nor files, links and roles. */
  changesOnly: z.literal(true).optional(),
  /** The end of the page before. */
  cursor: text(18)
    .regex(/^[0-9]+$/)
    .nullish(),
});
const exportSchema = activitySchema.omit({ cursor: true, changesOnly: true });
const roleSchema = z.object({ email: emailSchema, role: z.enum(EXPERIMENT_ROLES).nullable() });

/** Who may do what, who has done what, and what one person sees. */
export const governanceProcedures = ({ admin }: AdminServices) => ({
  activity: query(activitySchema.prefault({}), (actor, { cursor, ...filter }) =>
    admin().activity.list(actor, { ...filter, ...(cursor && { before: cursor }) }),
  ),
  exportActivity: mutation(exportSchema.prefault({}), (actor, input) =>
    admin().activity.exportCsv(actor, input),
  ),
  /** Who asks, and what they may do. */
  standing: queryAll((actor) => admin().access.standing(actor)),
  members: queryAll((actor) => admin().access.members(actor)),
  setRole: mutation(roleSchema, (actor, input) => admin().access.setRole(actor, input)),
  // Mutations, because a look leaves a line in the audit log, and because no address of mail may stand in that of a page.
  people: {
    findByEmail: mutation(z.object({ email: emailSchema }), (actor, input) =>
      admin().people.findByEmail(actor, input.email),
    ),
    look: mutation(personQuestionSchema, (actor, input) => admin().people.look(actor, input)),
  },
});
