import { useEffect, useMemo, useState } from 'preact/hooks';
import { exampleFields, type Field, type ShownMessage } from './exampleFields.ts';
import { t } from './l10n.ts';
import type { Shown } from './messages.ts';
import { textOf } from './recordFiles.ts';
import { TextView } from './texts.tsx';

export interface ExamplePlace {
  format: string;
  row: number;
}

interface Props {
  formats: Shown['examples'];
  /** The row that was asked for last, as JSON. */
  example: (ExamplePlace & { text: string }) | null;
  onAsk: (place: ExamplePlace) => void;
}

/** The examples that are made from the record, one at a time. */
export function ExamplesPane({ formats, example, onAsk }: Props) {
  const made = formats.filter(({ count }) => count > 0);
  const [place, setPlace] = useState<ExamplePlace | null>(null);
  const [isJson, setJson] = useState(false);
  const format = made.find((one) => one.format === place?.format) ?? made[0];
  const row = format ? Math.min(place?.row ?? 0, format.count - 1) : 0;

  useEffect(() => {
    if (format) onAsk({ format: format.format, row });
  }, [format, row, onAsk]);

  if (!format) return <p class="empty">{t('No example is made from this record.')}</p>;
  const isHere = example?.format === format.format && example.row === row;
  const go = (next: number) => setPlace({ format: format.format, row: next });
  return (
    <section class="examples" aria-label={t('Examples')}>
      <div class="stepTitle">
        <select
          aria-label={t('Format')}
          value={format.format}
          onChange={(event) => setPlace({ format: event.currentTarget.value, row: 0 })}
        >
          {made.map(({ format, count }) => (
            <option key={format} value={format}>{`${format} (${count})`}</option>
          ))}
        </select>
        <button type="button" disabled={row === 0} onClick={() => go(row - 1)}>
          {t('Previous')}
        </button>
        <span class="facts" aria-live="polite">
          {t('{0} of {1}', String(row + 1), String(format.count))}
        </span>
        <button type="button" disabled={row === format.count - 1} onClick={() => go(row + 1)}>
          {t('Next')}
        </button>
        <label class="option">
          <input type="checkbox" checked={isJson} onChange={(event) => setJson(event.currentTarget.checked)} />
          {t('As JSON')}
        </label>
      </div>
      {isHere && (isJson ? <Json text={example.text} /> : <Fields text={example.text} />)}
    </section>
  );
}

function Json({ text }: { text: string }) {
  const pretty = useMemo(() => textOf(JSON.stringify(JSON.parse(text), null, 2)), [text]);
  return <TextView text={pretty} label={t('The example as JSON')} language="json" isWrapped />;
}

function Fields({ text }: { text: string }) {
  const fields = useMemo(() => exampleFields(JSON.parse(text)), [text]);
  // What a model reads and learns before what is known of it.
  const sorted = [...fields.filter(({ kind }) => kind !== 'word'), ...fields.filter(({ kind }) => kind === 'word')];
  return (
    <section class="scroll" aria-label={t('The example')}>
      <dl class="fields">
        {sorted.map((field) => (
          <FieldView key={field.name} field={field} />
        ))}
      </dl>
    </section>
  );
}

function FieldView({ field }: { field: Field }) {
  return (
    <>
      <dt>{field.name}</dt>
      <dd>
        {field.kind === 'messages' ? (
          <ol class="messages">
            {field.messages.map((message, i) => (
              <MessageView key={i} message={message} />
            ))}
          </ol>
        ) : field.kind === 'text' ? (
          <pre>{field.value}</pre>
        ) : (
          field.value
        )}
      </dd>
    </>
  );
}

function MessageView({ message: { role, text, calls, isLearned } }: { message: ShownMessage }) {
  return (
    <li class={`message ${role}`}>
      <span class="role">
        {role}
        {!isLearned && <span class="faint"> · {t('not to be learned')}</span>}
      </span>
      {text && <pre>{text}</pre>}
      {calls.map(({ name, argument }, i) => (
        <pre key={i}>
          <span class="call">{name}</span> {argument}
        </pre>
      ))}
    </li>
  );
}
