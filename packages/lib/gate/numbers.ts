import { z } from "zod";
import { MAX_ROW_ID } from "../sql";
import { text } from "./text";

/** A number from outside: neither NaN nor infinite. Its bounds are for the caller to add. */
export function number(notANumber?: string) {
  return z.number(notANumber);
}

/** An id that a row can have. A larger one would raise an error in the database. */
export const rowId = z.number().int().min(1).max(MAX_ROW_ID);

/** How often a row was changed. One that no row has got to yet is stale, like any other that is not the present one. */
export const rowVersion = z.number().int().min(1);

/** An id of an application whose ids may be of any type: which of them its columns can hold is known where they are read. */
export const hostId = z.union([z.number().int(), text(255).min(1)]);
