"""The one table of the walls: which role may do what with which row.

The role "settings" is Odoo's own right to the settings; its holder stands outside the walls
(README), but nothing opens to it unawares.

r read, w write, c create, d delete. A cell that is empty, a row or a column that is missing
means: closed. So a new model without a line here fails the build as soon as anybody reads it,
and one without rules fails on every right it gives away.

What a row is for somebody ("situation"):
own       the file she is responsible for; the row she printed, opened or that her employer owns
team      the file of a colleague to which she has a current access entry
employer  any other file or row of her employer, also one whose entry ended or has not begun
shared    rows without employer, and public facts
county    mandates of the employers in the county her company coordinates, and their numbers of
          quarters that are over; a network meeting of the county in which her employer works
wider     figures her company printed about other employers too
A talk "elsewhere" is one of a colleague's file at which the client of one's own was present.
Files of another employer have no column: they are closed to everybody, even with an entry.

The create right on case, client and household is the right to enter a new one; whose it may be
is checked reference by reference (test_foreign_ids_are_refused).
"""

TABLE = """
                                  worker  worker    worker  lead      lead  dpo
                                  own     team    employer  team  employer  employer
integration.client                rwc     rwc            c  r           .   .
integration.client.card           r       r              r  r           r   .
integration.household             rwc     rwc            c  r           .   .
integration.household.member      rwcd    rwcd           .  r           .   .
integration.benefit               rwcd    rwcd           .  r           .   .
integration.education             rwcd    rwcd           .  r           .   .
integration.employment            rwcd    rwcd           .  r           .   .
integration.housing               rwcd    rwcd           .  r           .   .
integration.language.level        rwcd    rwcd           .  r           .   .
integration.residence             rwcd    rwcd           .  r           .   .
integration.consent               rc      rc             .  r           .   r
integration.disclosure            rc      rc             .  r           .   r
integration.release               rwcd    rwcd           .  r           .   r
integration.withdrawal.recipient  rw      rw             .  r           .   r
integration.case                  rwc     rwc            c  rw         rw   .
integration.case.access           r       .              .  r           r   r
integration.case.assignment       r       r              .  r           r   .
integration.contact               rwc     rwc            .  r           .   .
integration.contact:elsewhere     r       r              .  r           .   .
integration.contact.person        rwcd    rwcd           .  r           .   .
integration.contact.person:elsewhere  r   r              .  r           .   .
integration.note:file             rwc     rwc            .  rwc         .   .
integration.note:confidential     rwc     .              .  .           .   .
integration.note:supervision      rwc     .              .  rwc         .   .
integration.contact.change        r       r              .  r           .   .
integration.contact.interpreter   rwcd    rwcd           .  r           .   .
integration.contact.draft         rd      .              .  .           .   .
integration.appointment           rwc     rwc            .  r           .   .
integration.office.visitor        rwcd    rwcd           .  r           .   .
integration.assessment            rwcd    rwcd           .  r           .   .
integration.assessment.line       rwcd    rwcd           .  r           .   .
integration.plan                  rwcd    rwcd           .  r           .   .
integration.plan.line             rwcd    rwcd           .  r           .   .
integration.plan.step             rwcd    rwcd           .  r           .   .
integration.plan.review           rwcd    rwcd           .  r           .   .
integration.agreement             r       r              .  r           .   .
integration.agreement.sheet       rwc     rwc            .  r           .   .
integration.deadline              rwcd    rwcd           .  r           .   .
integration.incident              rwc     rwc            .  r           r   r
integration.house.visit           rwc     rwc            .  r           r   .
integration.referral              rwc     rwc            .  r           .   .
integration.volunteer.match       rwc     rwc            .  r           .   .
integration.course.enrolment      rwcd    rwcd           .  r           .   .
integration.document              rwcd    rwcd           .  r           .   .
integration.letter                rwcd    rwcd           .  r           .   .
integration.import.batch          rwcd    .              .  .           .   .
integration.import.row            rw      .              .  .           .   .
integration.import.mapping        rw      rw            rw  .           .   .
integration.import.mapping.line   rw      rw            rw  .           .   .
mail.activity                     rwcd    rwcd           .  rwcd        .   .
res.partner                       r       r              .  r           .   .
ir.attachment                     r       r              .  r           .   r
ir.attachment:case                rwcd    rwcd           .  rwcd        .   .
integration.access.log            .       .              .  .           .   r
integration.disclosure.exception  .       .              .  .           r   r
integration.withdrawal.count      .       .              .  .           r   r
integration.guard.rail.count      .       .              .  .           r   .
integration.concern.link          rcd     rcd            .  r           .   .

                               worker  lead  lead      dpo
                               own     team  employer  employer
integration.arrival            rwcd    rwcd  rwcd      r
integration.arrival.visit      rwcd    r     r         r
integration.concern            rwc     rwc   rwc       r

                               worker  worker    lead      admin
                               own     employer  employer  employer
integration.interpreter        r       r         rwcd      rwcd

                               lead      reporting  admin
                               employer  employer   employer
integration.interpreter.count  r         r          r

                               accommodation  worker    lead      dpo
                               own            employer  employer  employer
integration.arrival:entered    rwcd           rwcd      rwcd      r
integration.arrival:taken      .              .         rwcd      r

                               municipality  worker    lead      dpo
                               own           employer  employer  employer
integration.concern:raised     rwc           rwc       rwc       r
integration.concern:taken      rwc           .         rwc       r

                               lead      reporting  admin     county
                               employer  employer   employer  county
integration.concern.count      r         r          r         r

                            worker    lead      county
                            employer  employer  county
integration.office.room     rwc       rwcd      r
integration.office.hour     rwc       rwcd      .
integration.office.session  rwc       rwc       .
integration.office.visitor:unnamed  rwcd  r     .

                              worker  lead
                              own     employer
integration.house.visit:lost  rw      r

                                 worker  worker  lead    dpo     county  county
                                 own     county  county  county  own     county
integration.meeting              .       r       r       r       rwc     r
integration.meeting.topic        rwcd    r       r       r       rwcd    r
integration.meeting.guest        .       r       r       r       rwcd    r
integration.meeting.attendance   .       r       r       r       rw      r
integration.meeting.decision     .       r       r       r       rwcd    r
integration.meeting.material     .       r       r       r       rwcd    r

                                 worker  worker    lead      dpo
                                 own     employer  employer  employer
integration.network.contact      rwcd    r         r         r
integration.group.offer          rwcd    rwcd      r         r
integration.group.offer.date     rwcd    rwcd      r         r

                         dpo      admin
                         employer employer
integration.role.change  r        r

                                  any     any   admin  dpo   county  county  county
                                  shared  own   own    own   shared  own     county
integration.area                  r       r     rwcd   .     rwc     rwc     .
integration.bring.item            r       r     rwcd   .     rwc     rwc     .
integration.benefit.type          r       r     rwcd   .     rwc     rwc     .
integration.case.stage            r       r     rwcd   .     rwc     rwc     .
integration.channel               r       r     rwcd   .     rwc     rwc     .
integration.closure.reason        r       r     rwcd   .     rwc     rwc     .
integration.course.drop.reason    r       r     rwcd   .     rwc     rwc     .
integration.course.kind           r       r     rwcd   .     rwc     rwc     .
integration.deadline.kind         r       r     rwcd   .     rwc     rwc     .
integration.document.kind         r       r     rwcd   .     rwc     rwc     .
integration.goal.template         r       r     rwcd   .     rwc     rwc     .
integration.goal.template.step    r       r     rwcd   .     rwc     rwc     .
integration.guard.rail            r       r     rwcd   .     rwc     rwc     .
integration.guard.rail.count      .       .     .      .     .       .       r
integration.concern.answer        r       .     .      .     rwc     .       .
integration.concern.kind          r       .     .      .     rwc     .       .
integration.housing.type          r       r     rwcd   .     rwc     rwc     .
integration.information.kind      r       r     rwcd   .     rwc     rwc     .
integration.language              r       r     rwcd   .     rwc     rwc     .
integration.letter.template       r       r     rwcd   .     rwc     rwc     .
integration.letter.template.line  r       r     rwcd   .     rwc     rwc     .
integration.rating                r       r     rwcd   .     rwc     rwc     .
integration.residence.status      r       r     rwcd   .     rwc     rwc     .
integration.service               r       r     rwcd   .     rwc     rwc     .
integration.topic                 r       r     rwcd   .     rwc     rwc     .
integration.consent.notice        r       r     rwcd   rwcd  .       .       .
integration.consent.notice.line   r       r     rwcd   rwcd  .       .       .
integration.day.tile              r       .     .      .     .       .       .
integration.indicator             r       .     .      .     rw      .       .
integration.paper.text            r       .     .      .     rwc     .       .
integration.county                r       r     .      .     .       rwc     .
integration.municipality          r       r     .      .     .       rwc     .
integration.mandate               .       r     rwcd   .     .       .       rwcd

                         worker lead lead     reporting reporting admin admin    county county
                         own    own  employer own       employer  own   employer own    wider
integration.report       rwcd   rwcd rc       rwcd      rc        rwcd  rc       rwcd   rc
integration.report.line  r      r    r        r         r         r     r        r      r
integration.report.fact  .      .    .        .         .         .     .        .      .
integration.figures.decision  .  .   .        .         .         .     .        .      .

                        worker worker   lead
                        own    employer employer
integration.worker      rw     r        rwc

                        settings settings settings settings
                        shared   team     employer other
integration.county      rwc      .        .        .
integration.paper.text  rwcd     .        .        .
res.partner             .        c        c        c

                                  worker  lead  reporting  admin  dpo   county
                                  own     own   own        own    own   own
integration.agreement.make        rwc     .     .          .      .     .
integration.agreement.make.line   rwcd    .     .          .      .     .
integration.case.close            rwcd    .     .          .      .     .
integration.case.glass            rwcd    rwcd  .          .      .     .
integration.case.pause            rwcd    .     .          .      .     .
integration.case.reopen           rwcd    .     .          .      .     .
integration.case.share            rwcd    rwcd  .          .      .     .
integration.case.transfer         .       rwcd  .          .      .     .
integration.case.visibility       .       rwcd  .          .      rwcd  .
integration.case.visibility.line  .       rwcd  .          .      rwcd  .
integration.contact.quick         rwcd    .     .          .      .     .
integration.course.finish         rwc     .     .          .      .     .
integration.export                rwc     .     .          .      .     .
integration.course.registration   rwc     .     .          .      .     .
integration.course.registration.line  rwcd  .   .          .      .     .
integration.county.preset         .       .     .          rwc    .     rwc
integration.county.preset.line    .       .     .          rwcd   .     rwcd
integration.employer.settings     .       .     .          rwc    .     .
integration.family.birth          rwc     .     .          .      .     .
integration.family.marriage       rwc     .     .          .      .     .
integration.family.separation     rwc     .     .          .      .     .
integration.family.death          rwc     .     .          .      .     .
integration.family.of.age         rwc     .     .          .      .     .
integration.family.new            rwcd    .     .          .      .     .
integration.family.new.line       rwcd    .     .          .      .     .
integration.first.steps           .       .     .          rwcd   .     .
integration.letter.write          rwc     .     .          .      .     .
integration.office.cancel         rwc     rwc   .          .      .     .
integration.plan.agree            rwc     .     .          .      .     .
integration.plan.review.wizard    rwc     .     .          .      .     .
integration.plan.review.wizard.line  rwcd  .    .          .      .     .
integration.plan.review.wizard.rating  rwcd  .  .          .      .     .
integration.quality               rwc     rwc   rwc        rwc    .     .
integration.report.wizard         rwc     rwc   rwc        rwc    .     rwc
integration.save.key              .       .     .          .      .     .
integration.signing               rwc     .     .          .      .     .
integration.user.roles            .       .     .          rwcd   .     .

                                  worker  lead  accommodation
                                  own     own   own
integration.arrival.import        rwcd    rwcd  rwcd
integration.concern.reply         rwc     .     .
"""

# Models of Odoo that the module extends and that hold nothing of a client.
NOT_BEHIND_WALLS = {
    "ir.default": "what a user keeps fills in nothing that the system sets",
    "base.partner.merge.automatic.wizard": "refuses clients; tested with the contacts",
    "mail.followers": "no row about a client comes about; tested with the contacts",
    "mail.message": "no row about a client comes about; tested with the contacts",
    "ir.actions.report": "leaves a picture out of papers; tested with the consents",
    "ir.actions.server": "passes clients by; tested beside other apps",
    "ir.embedded.actions": "kept with the employer; tested with the neighbours",
    "ir.filters": "kept with the employer; tested with the neighbours",
    "mail.compose.message": "passes clients by; tested beside other apps",
    "mail.scheduled.message": "no row about a client comes about; tested with the neighbours",
    "ir.module.module": "refuses to uninstall unawares",
    "ir.rule": "names no record in its refusals; tested over RPC",
    "res.groups": "notes who comes to a role by it",
    "res.users": "notes changes of roles; its own rights are tested with the escalation",
    "res.company": "settings of the employer; its own rules are tested with the master data",
}

OPERATIONS = {"r": "read", "w": "write", "c": "create", "d": "unlink"}
OURS = ("worker", "lead", "reporting", "admin", "dpo", "county", "accommodation", "municipality")


def parse(text=TABLE):
    """Return {(key, role, situation): set of operations}."""
    rights = {}
    for block in text.strip("\n").split("\n\n"):
        roles, situations, *lines = [line.split() for line in block.splitlines()]
        columns = list(zip(roles, situations, strict=True))
        for key, *cells in lines:
            for (role, situation), cell in zip(columns, cells, strict=True):
                for one in OURS if role == "any" else (role,):
                    rights.setdefault((key, one, situation), set()).update(
                        OPERATIONS[letter] for letter in cell if letter != "."
                    )
    return rights


RIGHTS = parse()
KEYS = {key for key, _role, _situation in RIGHTS}


def allowed(key, role, situation):
    """Return the operations that the table opens; an access entry never takes any away."""
    rights = RIGHTS.get((key, role, situation), set())
    if situation == "team":
        rights = rights | RIGHTS.get((key, role, "employer"), set())
    return rights
