import type { Kind } from "./kind";
import { rates } from "./rates";
import { ratios } from "./ratios";
import { values } from "./values";

export type { Kind } from "./kind";

export const kinds: Kind[] = [...rates, ...values, ...ratios];
