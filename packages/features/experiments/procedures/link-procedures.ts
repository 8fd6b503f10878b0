import { number } from "@calcom/lib/gate/numbers";
import { z } from "zod";
import type { AdminServices } from "../admin-services";
import { knownSlugSchema } from "../types/names";
import { linkIdSchema, reportLinkDaysSchema } from "../types/report-links";
import { mutation, query } from "./procedure";

const bySlug = z.object({ slug: knownSlugSchema });

/** Links for people who do not administer: to a variant, and to a report. */
export const linkProcedures = ({ admin, previews }: AdminServices) => ({
  previewLinks: {
    list: query(bySlug, (actor, input) => previews().listLinks(actor, input.slug)),
    mint: mutation(bySlug.extend({ days: number().int().min(1).max(30) }), (actor, input) =>
      previews().mintLinks(actor, input),
    ),
    revoke: mutation(bySlug.extend({ id: linkIdSchema }), (actor, input) =>
      previews().revokeLinks(actor, input),
    ),
  },
  reports: {
    read: query(bySlug, (actor, input) => admin().reports.read(actor, input.slug)),
    /** A mutation, because it leaves a line in the audit log. */
    export: mutation(bySlug, (actor, input) => admin().reports.export(actor, input.slug)),
    listLinks: query(bySlug, (actor, input) => admin().reports.listLinks(actor, input.slug)),
    mintLink: mutation(bySlug.extend({ days: reportLinkDaysSchema }), (actor, input) =>
      admin().reports.mintLink(actor, input),
    ),
    revokeLink: mutation(bySlug.extend({ id: linkIdSchema }), (actor, input) =>
      admin().reports.revokeLink(actor, input),
    ),
  },
});
