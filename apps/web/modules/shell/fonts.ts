import localFont from "next/font/local";

// Optional, unlike in the doors of `geist`: a font that comes late would move what somebody already reads. A browser
// that does not have it in time keeps its own font on this page, and has it on the next.
// The files are named by their paths, since next/font takes no name of a package.

const geistSans = localFont({
  src: "../../../../node_modules/geist/dist/fonts/geist-sans/Geist-Variable.woff2",
  variable: "--font-geist-sans",
  weight: "100 900",
  display: "optional",
});

const geistMono = localFont({
  src: "../../../../node_modules/geist/dist/fonts/geist-mono/GeistMono-Variable.woff2",
  variable: "--font-geist-mono",
  weight: "100 900",
  display: "optional",
  adjustFontFallback: false,
  fallback: ["ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace"],
});

/** For the `html` element: its stylesheets find both fonts by their variables. */
export const fontClasses = `${geistSans.variable} ${geistMono.variable}`;
