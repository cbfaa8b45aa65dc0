const ENOUGH = 4.5;
const ENOUGH_FOR_LARGE = 3;
const LARGE = 24; // px, or less if bold
const LARGE_BOLD = 18.66;
// Switched off, and what nobody reads
const UNREAD =
    ":disabled, :disabled ~ label, .disabled, [aria-disabled=true], [aria-hidden=true], svg *";

function parts(color) {
    const [red, green, blue, alpha = 1] = color.match(/[\d.]+/g).map(Number);
    return { rgb: [red, green, blue], alpha };
}

function over(top, alpha, ground) {
    return top.map((value, index) => value * alpha + ground[index] * (1 - alpha));
}

function luminance(rgb) {
    const [red, green, blue] = rgb.map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The colour behind an element, and how opaque the element itself is on it; null on a picture. */
function groundOf(element) {
    const layers = [];
    let opacity = 1;
    for (let place = element; place; place = place.parentElement) {
        const style = getComputedStyle(place);
        if (style.backgroundImage !== "none") {
            return null;
        }
        opacity *= Number(style.opacity);
        layers.push(parts(style.backgroundColor));
        if (layers.at(-1).alpha === 1) {
            break;
        }
    }
    const rgb = layers.reduceRight(
        (ground, layer) => over(layer.rgb, layer.alpha, ground),
        [255, 255, 255]
    );
    return { rgb, opacity };
}

function ratioOf(element, style) {
    const ground = groundOf(element);
    if (!ground) {
        return Infinity;
    }
    const { rgb, alpha } = parts(style.color);
    const text = luminance(over(rgb, alpha * ground.opacity, ground.rgb));
    const [dark, light] = [text, luminance(ground.rgb)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
}

function isRead(element) {
    const words = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && /[\p{L}\p{N}\p{P}]/u.test(node.textContent)
    );
    return (
        words &&
        !element.closest(UNREAD) &&
        element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
        element.getClientRects().length > 0
    );
}

function needed(style) {
    const size = parseFloat(style.fontSize);
    const large = size >= LARGE || (size >= LARGE_BOLD && Number(style.fontWeight) >= 700);
    return large ? ENOUGH_FOR_LARGE : ENOUGH;
}

/** Return the texts below an element that are too pale to be read (WCAG 2.2, 1.4.3). */
export function tooPale(root) {
    const pale = new Map();
    for (const element of root.querySelectorAll("*")) {
        if (!isRead(element)) {
            continue;
        }
        const style = getComputedStyle(element);
        const ratio = ratioOf(element, style);
        if (ratio < needed(style)) {
            const kind = [element.tagName.toLowerCase(), ...element.classList].join(".");
            const words = element.textContent.trim().slice(0, 20);
            pale.set(kind, `${ratio.toFixed(2)} ${kind} “${words}” in ${element.parentElement.className}`);
        }
    }
    return [...pale.values()];
}
