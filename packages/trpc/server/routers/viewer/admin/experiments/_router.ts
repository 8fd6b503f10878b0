import { adminProcedures } from "@calcom/features/experiments/server";
import { serveProcedures } from "../../../../serve-procedures";
import { router } from "../../../../trpc";

export const experimentsAdminRouter = router(serveProcedures(adminProcedures));
