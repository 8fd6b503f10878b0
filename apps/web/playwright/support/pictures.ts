import type { Page } from "@playwright/test";
import { testEnv } from "./fixtures";
import { settled } from "./pages";
import { type Language, read } from "./texts";

interface Sight {
  language: Language;
  colorScheme: "light" | "dark";
  size: string;
  width: number;
}

const THEMES = ["light", "dark"] as const;
const inEnglish = (sizes: Record<string, number>): Sight[] =>
  THEMES.flatMap((colorScheme) =>
    Object.entries(sizes).map(([size, width]) => ({ language: "en", colorScheme, size, width }) as const),
  );

const PUBLISHED = inEnglish({ wide: 1280, narrow: 390 });
/** For whoever looks for faults: the sizes of a phone, a tablet and a desk, and German where it has least room. */
const LOOKED_AT: Sight[] = [
  ...inEnglish({ "390": 390, "768": 768, "1440": 1440 }),
  { language: "de", colorScheme: "light", size: "390-de", width: 390 },
];

export const PICTURES = process.env.PICTURES_FOLDER || "docs/screenshots";
const isForLooking = Boolean(process.env.PICTURES_FOLDER);

interface PictureOptions {
  /** Where the page is, if on a server of its own. */
  url?: string;
  /** As long as the page is, and not as the window. Published pictures are not, unless it is said. */
  isWhole?: boolean;
  /** Of those that are published; the others differ in words and figures alone. */
  isOnce?: boolean;
}

/**
 * Takes the pictures of a page in each theme and size. `open` shows it in that language, which the browser's person
 * reads by then.
 */
export async function takePictures(
  page: Page,
  name: string,
  open: (language: Language) => Promise<void>,
  { url = testEnv().baseUrl, isWhole = isForLooking, isOnce = false }: PictureOptions = {},
): Promise<void> {
  const published = isOnce ? PUBLISHED.slice(0, 1) : PUBLISHED;
  let shown: Language | null = null;
  for (const { language, colorScheme, size, width } of isForLooking ? LOOKED_AT : published) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    if (language !== shown) {
      await read(page.context(), language, url);
      await open(language);
      shown = language;
    }
    await page.setViewportSize({ width, height: isForLooking && !isWhole ? 1400 : 800 });
    await settled(page);
    await page.screenshot({
      path: `${PICTURES}/${name}-${colorScheme}-${size}.png`,
      fullPage: isWhole,
      // With "disabled", the fade at the ends of a scrolling row becomes a grey block.
      animations: "allow",
      scale: "css",
      // A name of this machine is nobody's business.
      mask: [page.getByText(new URL(testEnv().baseUrl).host)],
    });
  }
}
