/** The document of a review, before anything is shown in it: pure. */

export interface PageParts {
  /** Addresses that the webview can load. */
  script: string;
  style: string;
  /** Drawn anew for each page: what does not carry it does not run, and colours nothing. */
  nonce: string;
  title: string;
  /** BCP 47. */
  language: string;
  /** Translations by English text. */
  strings: Record<string, string>;
}

export function reviewPage({ script, style, nonce, title, language, strings }: PageParts): string {
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${escaped(language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="stylesheet" nonce="${escaped(nonce)}" href="${escaped(style)}">
</head>
<body>
<div id="root" data-strings="${escaped(JSON.stringify(strings))}"></div>
<script nonce="${escaped(nonce)}" src="${escaped(script)}"></script>
</body>
</html>
`;
}

/** As it may stand between double quotes. */
function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
