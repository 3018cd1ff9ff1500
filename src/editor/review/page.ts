/** The document of a review, before anything is shown in it: pure. */
import { escapeHtml } from '../../escapeHtml.ts';

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
<html lang="${escapeHtml(language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" nonce="${escapeHtml(nonce)}" href="${escapeHtml(style)}">
</head>
<body>
<div id="root" data-strings="${escapeHtml(JSON.stringify(strings))}"></div>
<script nonce="${escapeHtml(nonce)}" src="${escapeHtml(script)}"></script>
</body>
</html>
`;
}
