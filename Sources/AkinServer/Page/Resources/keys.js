// What single keys do, and copying.

// MARK: Keys

const dialog = byId('help');
byId('keys-on').checked = remembered('akin-keys') !== 'off';
byId('keys-on').addEventListener('change', event => remember('akin-keys', event.target.checked ? null : 'off'));

document.addEventListener('click', event => {
  if (!event.target.closest('a[data-help]') || !isPlainClick(event)) return;
  event.preventDefault();
  dialog.showModal();
});

/** Moves the focus by some cards; true if there was one. */
function moveBy(step) {
  const card = document.activeElement.closest('.card');
  const next = !card ? document.querySelector('.card')
    : step > 0 ? card.nextElementSibling : card.previousElementSibling;
  if (next) next.querySelector('.title').focus();
  else if (step > 0) document.querySelector('.more a')?.focus();
  else box?.focus();
  return Boolean(card || next);
}

/** What the single keys do with the paper that has the focus. */
const cardKeys = {
  l: card => card.querySelector('[data-deed="like"]').click(),
  u: card => card.querySelector('[data-deed="unlike"]').click(),
  x: card => card.querySelector('input[name="id"]').click(),
  o: card => {
    if (/^https?:/i.test(card.dataset.out ?? '')) window.open(card.dataset.out, '_blank', 'noopener,noreferrer');
  },
};

function answerKey(event) {
  const { key, target } = event, card = target.closest('.card');
  if (target === box) {
    if (key === 'Escape') { box.blur(); return true; }
    return key === 'ArrowDown' && moveBy(1);
  }
  if (isWritten(target)) return false;
  if (card && (key === 'ArrowDown' || key === 'ArrowUp')) return moveBy(key === 'ArrowDown' ? 1 : -1);
  if (!byId('keys-on').checked) return false;
  if (key === '/' && box) { box.focus(); box.select(); return true; }
  if (key === '?') { dialog.showModal(); return true; }
  if (key === 'j' || key === 'k') return moveBy(key === 'j' ? 1 : -1);
  if (card && Object.hasOwn(cardKeys, key)) { cardKeys[key](card); return true; }
  return false;
}

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog.open) return;
  if (answerKey(event)) event.preventDefault();
});

// An open menu closes when the focus or a click goes elsewhere.
for (const kind of ['click', 'focusin', 'keydown']) {
  document.addEventListener(kind, event => {
    const menu = document.querySelector('.menu[open]');
    if (!menu || (kind === 'keydown' ? event.key !== 'Escape' : menu.contains(event.target))) return;
    menu.open = false;
  });
}

// MARK: Copying

document.addEventListener('click', async event => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  const source = byId(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent);
    button.textContent = 'Copied';
  } catch {
    // Browsers refuse outside of secure pages: the reader copies what is selected.
    getSelection().selectAllChildren(source);
  }
});
