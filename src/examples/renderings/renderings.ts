/** All that records can be exported to. */
import { type ExampleFormat, exampleFormats, exportFormats } from '../formats.ts';
import { taskFormat } from '../task.ts';
import { atifRendering } from './atif.ts';
import { openaiRendering, trlRendering } from './chat.ts';
import { harborRendering } from './harbor.ts';
import type { Rendered, Rendering } from './rendering.ts';
import { sweBenchRendering } from './sweBench.ts';
import { zedRendering } from './zed.ts';
import { zetaRendering } from './zeta.ts';

/** The rows of a format of our own, as they are. */
function plain({ name, derive }: ExampleFormat): Rendering {
  return {
    name,
    layout: 'lines',
    render: (record, verification) => {
      const rows = derive(record, verification) as Rendered['source'][];
      if (rows.length > 0) return rows.map((row) => ({ source: row, value: row }));
      return (name === taskFormat.name && taskFormat.lacks(record, verification)) || 'nothing in it is such an example';
    },
  };
}

export const renderings: readonly Rendering[] = [
  trlRendering,
  openaiRendering,
  atifRendering,
  zedRendering,
  zetaRendering,
  sweBenchRendering,
  harborRendering,
  ...[...exportFormats, ...exampleFormats].map(plain),
];
