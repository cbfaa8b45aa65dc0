# ruff: noqa: E501 - wordings stand as they are shipped
"""Drafts of the notice say of a handover what it has come to decide, where nobody edited them."""

from odoo.tools.sql import SQL, table_exists

# What a draft said before and says now: title and text of the purpose
WORDINGS = {
    "consent_notice_de_transfer": (
        ("Wechsel der Beratungsstelle", "Wechsel der Beratung"),
        (
            "Wenn eine andere Stelle Ihre Beratung übernimmt, zum Beispiel nach einem Umzug, dürfen wir ihr Ihre Akte geben.",
            "Wenn eine andere Person oder eine andere Stelle Ihre Beratung übernimmt, zum Beispiel nach einem Umzug, dürfen wir ihr Ihre Akte geben.",
        ),
    ),
    "consent_notice_en_transfer": (
        ("Change of the counselling office", "Change of the counselling"),
        (
            "If another office takes over your counselling, for example after a move, we may give it your file.",
            "If another person or another office takes over your counselling, for example after a move, we may give them your file.",
        ),
    ),
    "consent_notice_ar_transfer": (
        ("تغيير مكتب الاستشارة", "انتقال الاستشارة"),
        (
            "إذا تولى مكتب آخر استشارتك، مثلا بعد الانتقال إلى سكن آخر، يجوز لنا أن نعطيه ملفك.",
            "إذا تولى شخص آخر أو مكتب آخر استشارتك، مثلا بعد الانتقال إلى سكن آخر، يجوز لنا أن نعطيه ملفك.",
        ),
    ),
    "consent_notice_uk_transfer": (
        ("Зміна консультаційного бюро", "Зміна консультанта або бюро"),
        (
            "Якщо вас консультуватиме інше бюро, наприклад після переїзду, ми можемо передати йому вашу справу.",
            "Якщо вас консультуватиме інша особа або інше бюро, наприклад після переїзду, ми можемо передати їм вашу справу.",
        ),
    ),
    "consent_notice_ti_transfer": (
        ("ምቕያር ቤት ጽሕፈት ምኽሪ", "ምቕያር ምኽሪ"),
        (
            "ካልእ ቤት ጽሕፈት ምኽርኹም እንተ ተረኪቡ፣ ንኣብነት ድሕሪ ምግዓዝ፣ ፋይልኩም ክንህቦ ንኽእል።",
            "ካልእ ሰብ ወይ ካልእ ቤት ጽሕፈት ምኽርኹም እንተ ተረኪቡ፣ ንኣብነት ድሕሪ ምግዓዝ፣ ፋይልኩም ክንህቦ ንኽእል።",
        ),
    ),
}


def migrate(cr, version):
    """Bring untouched shipped drafts up to date; what an employer published is its own row.

    :param version: the installed version; empty when the module is installed anew
    """
    if not version or not table_exists(cr, "integration_consent_notice_line"):
        return
    for name, ((old_title, title), (old_text, text)) in WORDINGS.items():
        cr.execute(
            SQL(
                """
            UPDATE integration_consent_notice_line line SET name = %s, text = %s
              FROM ir_model_data known, integration_consent_notice notice
             WHERE known.module = 'integration_management' AND known.name = %s
               AND known.model = 'integration.consent.notice.line' AND known.res_id = line.id
               AND notice.id = line.notice_id AND notice.state = 'draft'
               AND line.name = %s AND line.text = %s AND line.write_uid = 1
            """,
                title,
                text,
                name,
                old_title,
                old_text,
            )
        )
