import { router } from "../../../trpc";
import { experimentsAdminRouter } from "./experiments/_router";
import { flagsAdminRouter } from "./flags/_router";

/** Each procedure below is an `adminProcedure`. */
export const adminRouter = router({ experiments: experimentsAdminRouter, flags: flagsAdminRouter });
