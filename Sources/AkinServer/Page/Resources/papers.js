// Papers that are selected, changes of them without a reload, and the histogram of years.

// MARK: Selected papers

function cardBoxes() { return [...document.querySelectorAll('.card input[name="id"]')]; }
function chosenBoxes() { return cardBoxes().filter(checkbox => checkbox.checked); }

function showChosen() {
  const actions = byId('actions');
  if (!actions) return;
  const all = cardBoxes().length, count = chosenBoxes().length;
  byId('chosen').textContent = count ? `${count} selected` : '';
  byId('all').checked = count > 0 && count === all;
  byId('all').indeterminate = count > 0 && count < all;
  if (count > 0 && !actions.classList.contains('has-chosen') && wide.matches) byId('doing').open = true;
  actions.classList.toggle('has-chosen', count > 0);
  for (const button of byId('act').querySelectorAll('[formaction], [value="selection"]')) button.disabled = !count;
}

/** The box that was ticked last: a click with Shift ticks all up to it. */
let lastTicked = null;

document.addEventListener('click', event => {
  const checkbox = event.target;
  if (checkbox.id === 'all') {
    for (const each of cardBoxes()) each.checked = checkbox.checked;
    showChosen();
    announce(byId('chosen').textContent || 'None selected');
  } else if (checkbox.matches?.('.card input[name="id"]')) {
    const boxes = cardBoxes(), ends = [boxes.indexOf(checkbox), boxes.indexOf(lastTicked)].sort((a, b) => a - b);
    if (event.shiftKey && ends[0] >= 0) {
      for (const each of boxes.slice(ends[0], ends[1])) each.checked = checkbox.checked;
    }
    lastTicked = checkbox;
    showChosen();
    announce(byId('chosen').textContent || 'None selected');
  }
});

// MARK: Changes in place

document.addEventListener('submit', async event => {
  const { target, submitter } = event;
  const isInPlace = target.hasAttribute('data-in-place') || submitter?.hasAttribute('data-in-place');
  if (!isInPlace) return;
  event.preventDefault();
  const fields = new FormData(target, submitter);
  fields.set('back', here());
  const action = submitter?.getAttribute('formaction') ?? target.getAttribute('action');
  try {
    // The server answers with the page to go back to; its part that changed is put in place.
    const page = parsed(await fetchHTML(action, { method: 'POST', body: new URLSearchParams(fields) }));
    const part = results ?? byId('main');
    replaceContents(part, page.getElementById(part.id));
    notify(page.getElementById('notice')?.textContent.trim() || '');
  } catch (error) {
    notify(error instanceof TypeError ? 'Not done: Akin does not answer. Is its server still running?' : error.message);
  }
});

// MARK: Years

/** The year under the pointer. */
function yearAt(histogram, x) {
  const { left, width } = histogram.getBoundingClientRect();
  const count = Number(histogram.dataset.count);
  const place = Math.min(count - 1, Math.max(0, Math.floor((x - left) * count / width)));
  return Number(histogram.dataset.first) + place;
}

/** The drag over years that goes on: its histogram, where it began, and where it is. */
let drag = null;

document.addEventListener('pointerdown', event => {
  const histogram = event.target.closest?.('.histogram');
  if (!histogram || event.button !== 0) return;
  const year = yearAt(histogram, event.clientX);
  drag = { histogram, first: year, last: year };
});

document.addEventListener('pointermove', event => {
  if (!drag) return;
  const year = yearAt(drag.histogram, event.clientX);
  // A click on a bar follows its link, as long as the pointer stays on it.
  if (year === drag.last) return;
  drag.last = year;
  if (!drag.histogram.hasPointerCapture(event.pointerId)) drag.histogram.setPointerCapture(event.pointerId);
  const [from, to] = [drag.first, drag.last].sort((a, b) => a - b);
  const firstYear = Number(drag.histogram.dataset.first);
  drag.histogram.querySelectorAll('.bar').forEach((bar, place) =>
    bar.classList.toggle('chosen', firstYear + place >= from && firstYear + place <= to));
  form.elements.from.value = from;
  form.elements.to.value = to;
});

document.addEventListener('pointerup', event => {
  const isRange = drag?.histogram.hasPointerCapture(event.pointerId);
  drag = null;
  if (isRange) commitNext(addressOfForm(), 'stay');
});
document.addEventListener('pointercancel', () => { drag = null; });
// A link that is dragged elsewhere would end the drag over years.
document.addEventListener('dragstart', event => { if (event.target.closest?.('.histogram')) event.preventDefault(); });
