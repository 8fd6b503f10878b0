import { z } from "zod";

// zod would try whether it may compile code: a strict policy forbids that, and reports the attempt. Before any schema.
if (typeof document !== "undefined") z.config({ jitless: true });
