#!/usr/bin/env node
// @ts-check
// Prisma's schema engine without its download. The CLI spawns this file where PRISMA_SCHEMA_ENGINE_BINARY names it, so
// it is plain JavaScript with its run bit set. It speaks the protocol of the native engine; the work is done by the
// WebAssembly build of the same engine, which comes from npm.
import process from "node:process";
import { answerRequests } from "./json-rpc.mjs";
import { readOptions } from "./options.mjs";
import { runCommand } from "./server-commands.mjs";
import { openEngine } from "./wasm-engine.mjs";

const options = readOptions(process.argv.slice(2));
if (options.isVersionAsked) process.stdout.write("schema-engine-cli wasm\n");
else if (options.command !== null) process.exitCode = await runCommand(options.command, options.url);
else await answerRequests(() => openEngine(options));
