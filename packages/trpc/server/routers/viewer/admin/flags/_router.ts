import { flagProcedures } from "@calcom/features/flags/server";
import { serveProcedures } from "../../../../serve-procedures";
import { adminProcedure, router } from "../../../../trpc";

export const flagsAdminRouter = router(serveProcedures(flagProcedures, adminProcedure));
