<?xml version="1.0" encoding="UTF-8"?>
<!-- Everything that can be set from outside, and the data that is read when the stylesheet is
     compiled. Static: a stylesheet that runs reads no file, so no document can make it
     read one. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                exclude-result-prefixes="#all">

  <!-- Fail at an element no module knows, instead of showing it plainly. For tests. -->
  <xsl:param name="strict" as="xs:boolean" select="false()"/>

  <!-- The language of headings and labels; by default that of the text. -->
  <xsl:param name="interface-language" as="xs:string" select="''"/>

  <!-- The date set in the PDF when the TEI has none: year, month and day. -->
  <xsl:variable name="no-day" static="yes" as="xs:string" select="'1970-01-01'"/>
  <xsl:param name="fallback-date" as="xs:string" select="$no-day"/>

  <!-- The sheet: width and height in millimetres, a face and its size in points, numbers of lines. -->
  <xsl:param name="page-width" as="xs:string" select="''"/>
  <xsl:param name="page-height" as="xs:string" select="''"/>
  <xsl:param name="font" as="xs:string" select="''"/>
  <xsl:param name="font-size" as="xs:string" select="''"/>
  <xsl:param name="line-numbers" as="xs:boolean" select="false()"/>

  <!-- A book of several texts is made in pieces: `opening`, each `text`, `closing`. -->
  <xsl:param name="part" as="xs:string" select="''"/>
  <xsl:param name="book-title" as="xs:string" select="''"/>
  <xsl:param name="book-authors" as="xs:string" select="''"/>
  <xsl:param name="book-day" as="xs:string" select="''"/>

  <!-- How the page looks. -->
  <xsl:variable name="css" static="yes" as="xs:string"
                select="unparsed-text('../css/edition.css')"/>

  <!-- The way from this page to the folder of the start page (`./`, `../`), where there is one, and
       the pages there: `dates titles persons`. -->
  <xsl:param name="site" as="xs:string" select="''"/>
  <xsl:param name="site-pages" as="xs:string" select="''"/>

  <!-- The texts before and after this one: addresses and titles. -->
  <xsl:param name="previous" as="xs:string" select="''"/>
  <xsl:param name="previous-title" as="xs:string" select="''"/>
  <xsl:param name="next" as="xs:string" select="''"/>
  <xsl:param name="next-title" as="xs:string" select="''"/>

  <!-- The same text in other formats: file names beside the page. -->
  <xsl:param name="files" as="xs:string" select="''"/>

  <!-- Where the page will be on the web, if that is known. -->
  <xsl:param name="address" as="xs:string" select="''"/>

  <!-- The project's own CSS, which stands after ours. -->
  <xsl:param name="own-css" as="xs:string" select="''"/>

  <!-- What opens a note where it is called. -->
  <xsl:variable name="notes-script" static="yes" as="xs:string"
                select="unparsed-text('../js/notes.js')"/>

  <!-- How the sheet looks: the Typst functions that the text calls. -->
  <xsl:variable name="typst-house" static="yes" as="xs:string"
                select="unparsed-text('../typst/edition.typ')"/>

  <!-- What the interface says, one document a language; English stands in for what is missing. -->
  <xsl:variable name="translations" static="yes" as="document-node()*"
                select="('en', 'sv', 'da', 'de', 'es', 'fi', 'fr', 'it', 'nl', 'no', 'ru')
                        ! doc('../i18n/' || . || '.xml')"/>
</xsl:stylesheet>
