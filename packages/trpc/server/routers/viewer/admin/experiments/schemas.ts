import { MAX_ROW_ID } from "@calcom/lib/sql";
import { z } from "zod";

/** An id that a row can have. A larger one would raise an error in the database. */
export const rowIdSchema = z.number().int().min(1).max(MAX_ROW_ID);
