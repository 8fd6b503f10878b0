import { emailSchema } from "@calcom/features/auth";
import { experimentsAdmin } from "@calcom/features/experiments/server";
import { personQuestionSchema } from "@calcom/features/experiments/types";
import { z } from "zod";
import { experimentsProcedure, router } from "../../../../trpc";

/** Mutations, because a look leaves a line in the audit log, and because no address of mail may stand in that of a page. */
export const peopleRouter = router({
  findByEmail: experimentsProcedure
    .input(z.object({ email: emailSchema }))
    .mutation(({ ctx, input }) => experimentsAdmin().people.findByEmail(ctx.actor, input.email)),

  look: experimentsProcedure
    .input(personQuestionSchema)
    .mutation(({ ctx, input }) => experimentsAdmin().people.look(ctx.actor, input)),
});
