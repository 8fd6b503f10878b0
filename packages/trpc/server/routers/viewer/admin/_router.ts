import { router } from "../../../trpc";
import { experimentsAdminRouter } from "./experiments/_router";
import { flagsAdminRouter } from "./flags/_router";

/** Procedures under `experiments` are `experimentsProcedure`s, those under `flags` are `adminProcedure`s. */
export const adminRouter = router({ experiments: experimentsAdminRouter, flags: flagsAdminRouter });
