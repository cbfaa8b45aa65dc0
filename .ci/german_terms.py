"""Lets the German words follow the template: what is new comes in empty, what has gone goes."""


def follow(template, german):
    """Change ``german`` so that it has the terms of ``template``, in its order.

    Odoo's own export empties what is the same in both languages, and all words of the code if it
    writes to the file that it reads them from.

    :return: the new entries, to be translated
    """
    known = {(entry.msgctxt, entry.msgid): entry for entry in german}
    new, entries = [], []
    for term in template:
        entry = known.get((term.msgctxt, term.msgid))
        if entry is None:
            entry = term
            new.append(entry)
        else:
            entry.occurrences, entry.comment = term.occurrences, term.comment
            entry.flags = sorted({*term.flags, *({"fuzzy"} & set(entry.flags))})
        entries.append(entry)
    german[:] = entries
    return new
