import { vi } from "vitest";

// Files of a worker share their modules, and each file with a document has one of its own: a module that has listened to
// the document of the file before would hear nothing.
if (typeof window !== "undefined") vi.resetModules();
