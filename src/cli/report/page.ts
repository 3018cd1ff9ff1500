/**
 * A page of charts about the data in a dataset or a packed set. It is one file, runs nothing, loads nothing (its policy
 * forbids both), and all that comes from records is escaped.
 */
import { escapeHtml } from '../../escapeHtml.ts';
import { type Bar, barChart, type Theme } from './charts.ts';

export interface Section {
  title: string;
  /** What is counted. */
  text: string;
  bars: Bar[];
  direction: 'lying' | 'standing';
}

export interface ReportPage {
  title: string;
  /** Names and values in front of the charts. */
  facts: { name: string; value: string }[];
  sections: Section[];
}

const light: Theme = { text: '#2b2f36', line: '#d5d9e0', bar: '#2f6fb5' };
const dark: Theme = { text: '#d6dae1', line: '#3a414c', bar: '#6ea8e6' };

const style = `
:root { color-scheme: light dark; --text: ${light.text}; --faint: #5c6470; --line: ${light.line}; --paper: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --text: ${dark.text}; --faint: #9aa3b0; --line: ${dark.line}; --paper: #1b1f26; }
}
body { margin: 0 auto; max-width: 1180px; padding: 24px; font: 15px/1.5 system-ui, sans-serif; }
body { color: var(--text); background: var(--paper); }
h1 { font-size: 24px; margin: 0 0 4px; overflow-wrap: anywhere; }
h2 { font-size: 16px; margin: 0; }
p { margin: 2px 0 8px; color: var(--faint); }
dl { display: flex; flex-wrap: wrap; gap: 12px 32px; margin: 20px 0; }
dt { color: var(--faint); }
dd { margin: 0; font-size: 20px; }
main { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 540px), 1fr)); gap: 24px; }
section { border: 1px solid var(--line); border-radius: 6px; padding: 14px 16px; min-width: 0; }
svg { display: block; width: 100%; height: auto; }
.dark { display: none; }
@media (prefers-color-scheme: dark) { .dark { display: block; } .light { display: none; } }
p.nothing { margin-top: 24px; }
details { margin-top: 8px; } summary { color: var(--faint); cursor: pointer; }
td { padding: 1px 16px 1px 0; overflow-wrap: anywhere; } td + td { text-align: right; }
`;

export function reportPage({ title, facts, sections }: ReportPage): string {
  const nothing = sections.filter(({ bars }) => bars.length === 0);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p>Of the data: nothing on this page is about a person.</p>
<dl>
${facts.map(({ name, value }) => `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`).join('\n')}
</dl>
<main>
${sections
  .filter(({ bars }) => bars.length > 0)
  .map(sectionOf)
  .join('\n')}
</main>
${nothing.length > 0 ? `<p class="nothing">Nothing to show: ${escaped(nothing.map((one) => one.title).join(', '))}.</p>` : ''}
</body>
</html>
`;
}

function sectionOf({ title, text, bars, direction }: Section): string {
  const head = `<h2>${escaped(title)}</h2>\n<p>${escaped(text)}</p>`;
  const charts = [
    ['light', light],
    ['dark', dark],
  ] as const;
  return `<section>
${head}
${charts.map(([name, theme]) => `<div class="${name}" aria-hidden="true">${barChart(bars, direction, theme)}</div>`).join('\n')}
<details><summary>Numbers</summary><table>
${bars.map(({ name, value }) => `<tr><td>${escaped(name)}</td><td>${value.toLocaleString('en')}</td></tr>`).join('\n')}
</table></details>
</section>`;
}

/** Also controls and marks that turn the direction of text, which could make a page say something else. */
export function escaped(text: string): string {
  return escapeHtml(text).replace(
    /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    '\ufffd',
  );
}
