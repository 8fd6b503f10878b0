import { z } from "zod";

export const conditionSchema = z.record(z.string(), z.json());
