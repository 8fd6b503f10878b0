import common from "@/public/static/locales/de/common.json";
import failure from "@/public/static/locales/de/failure.json";
import refusals from "@/public/static/locales/de/refusals.json";
import { createLocale } from "../i18n";

// Refusals are written in English, and those sentences are the keys of their translations: see `Sentence`.
export default createLocale("de", { ...common, ...failure, ...refusals });
