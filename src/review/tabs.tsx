import type { ComponentChildren } from 'preact';

interface Props<Tab extends string> {
  tabs: readonly Tab[];
  titles: Record<Tab, string>;
  chosen: Tab;
  onChoose: (tab: Tab) => void;
  /** Behind the tabs. */
  actions: ComponentChildren;
}

export function Tabs<Tab extends string>({ tabs, titles, chosen, onChoose, actions }: Props<Tab>) {
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const next = tabs[(tabs.indexOf(chosen) + by + tabs.length) % tabs.length];
    onChoose(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <div class="tabs">
      <div role="tablist" onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <button
            key={tab}
            type="button"
            id={`tab-${tab}`}
            role="tab"
            aria-selected={tab === chosen}
            aria-controls="panel"
            tabIndex={tab === chosen ? 0 : -1}
            onClick={() => onChoose(tab)}
          >
            {titles[tab]}
          </button>
        ))}
      </div>
      <div class="actions">{actions}</div>
    </div>
  );
}
