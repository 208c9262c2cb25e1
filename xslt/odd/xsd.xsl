<?xml version="1.0" encoding="UTF-8"?>
<!--
  RELAX NG, as relaxng.xsl makes it, to XSD 1.0: a schema for each namespace.

  XSD can say less, so the schema is as narrow as XSD lets it be and never narrower than the
  RELAX NG. What is widened:
  - a content model that XSD holds to be ambiguous (Unique Particle Attribution), or that has an
    interleave, becomes its elements in any order and number;
  - where text may stand beside elements, it may stand anywhere among them;
  - an attribute that only some alternatives ask for is optional;
  - any element may be the outermost.
-->
<xsl:stylesheet version="3.0"
  xmlns:a="http://relaxng.org/ns/compatibility/annotations/1.0"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:p="https://tei-encoder.org/ns/particle"
  xmlns:rng="http://relaxng.org/ns/structure/1.0"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  exclude-result-prefixes="a map p rng"
  expand-text="yes"
  xpath-default-namespace="http://relaxng.org/ns/structure/1.0">

  <!-- Before the ending of each file's name: edition.xsd, edition-xml.xsd. -->
  <xsl:param name="ident" as="xs:string"/>

  <xsl:output method="xml" encoding="UTF-8" indent="yes"/>

  <!-- What may stand in an element: particles p:e, p:class, p:seq, p:alt, p:any, with @min, @max. -->
  <xsl:mode name="p:content" on-no-match="shallow-skip"/>
  <!-- Which attributes does it have? -->
  <xsl:mode name="p:attributes" on-no-match="shallow-skip"/>
  <!-- Which kinds of value does a pattern have? -->
  <xsl:mode name="p:values" on-no-match="shallow-skip"/>
  <!-- How is a particle written in XSD? -->
  <xsl:mode name="p:write" on-no-match="fail"/>

  <xsl:key name="p:define" match="define" use="@name"/>

  <xsl:variable name="grammar" as="document-node()" select="/"/>
  <xsl:variable name="elements" as="element(element)*" select="//element[p:names(.)]"/>
  <xsl:variable name="main" as="xs:string" select="p:namespace($elements[1])"/>
  <xsl:variable name="XML" as="xs:string" select="'http://www.w3.org/XML/1998/namespace'"/>
  <xsl:variable name="foreign" as="element(p:attribute)*">
    <xsl:for-each select="$elements">
      <xsl:sequence select="p:attributes(.)[@ns != '']"/>
    </xsl:for-each>
  </xsl:variable>
  <xsl:variable name="namespaces" as="xs:string*"
    select="distinct-values(($main, $elements ! p:namespace(.), $foreign/@ns))"/>

  <xsl:template match="/" as="element(schemas)" xpath-default-namespace="">
    <schemas>
      <xsl:for-each select="$namespaces">
        <schema file="{p:file(.)}">
          <xsl:sequence select="p:schema(.)"/>
        </schema>
      </xsl:for-each>
    </schemas>
  </xsl:template>

  <xsl:function name="p:file" as="xs:string">
    <xsl:param name="namespace" as="xs:string"/>
    <xsl:variable name="others" as="xs:string*" select="$namespaces[. != $main]"/>
    <xsl:sequence select="if ($namespace = $main) then $ident || '.xsd'
      else if ($namespace = $XML) then $ident || '-xml.xsd'
      else $ident || '-' || index-of($others, $namespace) || '.xsd'"/>
  </xsl:function>

  <xsl:function name="p:prefix" as="xs:string">
    <xsl:param name="namespace" as="xs:string"/>
    <xsl:sequence select="if ($namespace = $XML) then 'xml'
      else if ($namespace = 'http://www.tei-c.org/ns/1.0') then 'tei'
      else 'n' || index-of($namespaces, $namespace)"/>
  </xsl:function>

  <xsl:function name="p:schema" as="element(xs:schema)">
    <xsl:param name="namespace" as="xs:string"/>
    <xs:schema elementFormDefault="qualified">
      <xsl:if test="$namespace">
        <xsl:attribute name="targetNamespace" select="$namespace"/>
      </xsl:if>
      <xsl:for-each select="$namespaces[. != ''][. != $XML]">
        <xsl:namespace name="{p:prefix(.)}" select="."/>
      </xsl:for-each>
      <xsl:comment> Generated from {$ident}.odd by `tei schema compile`: edit that. </xsl:comment>
      <xsl:for-each select="$namespaces[. != $namespace][$namespace != $XML]">
        <xs:import schemaLocation="{p:file(.)}">
          <xsl:if test=".">
            <xsl:attribute name="namespace" select="."/>
          </xsl:if>
        </xs:import>
      </xsl:for-each>
      <xsl:if test="$namespace = $main">
        <xsl:apply-templates select="$grammar//define[p:is-type(.)]" mode="p:write"/>
        <xsl:apply-templates select="$grammar//define[p:is-class(.)]" mode="p:write"/>
        <xsl:apply-templates select="$grammar//define[p:is-attributes(.)]" mode="p:write"/>
      </xsl:if>
      <xsl:for-each-group select="$elements[p:namespace(.) = $namespace]" group-by="p:names(.)">
        <xsl:sequence select="p:element(p:local(current-grouping-key()), current-group())"/>
      </xsl:for-each-group>
      <xsl:for-each-group select="$foreign[@ns = $namespace]" group-by="@name">
        <xsl:sequence select="p:attribute(current-grouping-key(), current-group()/node(), '')"/>
      </xsl:for-each-group>
    </xs:schema>
  </xsl:function>

  <!-- elements -->

  <xsl:function name="p:element" as="element()+">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="patterns" as="element(element)+"/>
    <xsl:variable name="content" as="element()" select="p:content($patterns)"/>
    <xsl:variable name="mixed" as="xs:boolean" select="$patterns ! p:has-text(.) = true()"/>
    <xsl:variable name="values" as="element()*" select="$patterns ! p:own-values(*)"/>
    <xsl:variable name="only-values" as="xs:boolean"
      select="exists($values) and not($mixed) and exists($content/self::p:empty)"/>
    <xsl:if test="$only-values">
      <!-- A complex type can only extend a type that has a name. -->
      <xsl:for-each select="p:simple($values)[not(@p:named)]">
        <xs:simpleType name="{$name}.value">
          <xsl:sequence select="*"/>
        </xs:simpleType>
      </xsl:for-each>
    </xsl:if>
    <xs:element name="{$name}">
      <xsl:sequence select="p:documentation($patterns[1])"/>
      <xs:complexType>
        <xsl:if test="($mixed or exists($values)) and not($only-values)">
          <xsl:attribute name="mixed" select="'true'"/>
        </xsl:if>
        <xsl:choose>
          <xsl:when test="$only-values">
            <xsl:variable name="own" as="xs:string" select="p:qname(p:names($patterns[1])[1]) || '.value'"/>
            <xs:simpleContent>
              <xs:extension base="{(p:simple($values)/@p:named, $own)[1]}">
                <xsl:sequence select="p:all-attributes($patterns)"/>
              </xs:extension>
            </xs:simpleContent>
          </xsl:when>
          <xsl:otherwise>
            <xsl:apply-templates select="p:group(p:sure($content))" mode="p:write"/>
            <xsl:sequence select="p:all-attributes($patterns)"/>
          </xsl:otherwise>
        </xsl:choose>
      </xs:complexType>
    </xs:element>
  </xsl:function>

  <!-- What is in a complex type is a group, even where it is one element. -->
  <xsl:function name="p:group" as="element()?">
    <xsl:param name="content" as="element()"/>
    <xsl:choose>
      <xsl:when test="$content/self::p:empty"/>
      <xsl:when test="$content[self::p:e or self::p:any]">
        <p:seq min="1" max="1">
          <xsl:sequence select="$content"/>
        </p:seq>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="$content"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- names -->

  <!-- Returns the names that an element or attribute pattern lists, as {namespace}local. -->
  <xsl:function name="p:names" as="xs:string*">
    <xsl:param name="pattern" as="element()"/>
    <xsl:sequence select="if ($pattern/@name) then p:name($pattern/@name, $pattern)
      else $pattern/(name | choice[1]//name)/p:name(normalize-space(.), .)"/>
  </xsl:function>

  <xsl:function name="p:name" as="xs:string">
    <xsl:param name="written" as="xs:string"/>
    <xsl:param name="where" as="element()"/>
    <xsl:variable name="inherited" as="xs:string"
      select="if ($where/self::attribute[@name][not(@ns)]) then ''
        else string($where/ancestor-or-self::*[@ns][1]/@ns)"/>
    <xsl:variable name="prefix" as="xs:string?" select="tokenize($written, ':')[2] ! substring-before($written, ':')"/>
    <xsl:variable name="namespace" as="xs:string"
      select="if ($prefix) then string(namespace-uri-for-prefix($prefix, $where)) else $inherited"/>
    <xsl:sequence select="'{' || $namespace || '}' || tokenize($written, ':')[last()]"/>
  </xsl:function>

  <xsl:function name="p:local" as="xs:string">
    <xsl:param name="name" as="xs:string"/>
    <xsl:sequence select="substring-after($name, '}')"/>
  </xsl:function>

  <xsl:function name="p:uri" as="xs:string">
    <xsl:param name="name" as="xs:string"/>
    <xsl:sequence select="substring-before(substring($name, 2), '}')"/>
  </xsl:function>

  <xsl:function name="p:namespace" as="xs:string">
    <xsl:param name="pattern" as="element()"/>
    <xsl:sequence select="p:uri(p:names($pattern)[1])"/>
  </xsl:function>

  <xsl:function name="p:qname" as="xs:string">
    <xsl:param name="name" as="xs:string"/>
    <xsl:sequence select="if (p:uri($name)) then p:prefix(p:uri($name)) || ':' || p:local($name)
      else p:local($name)"/>
  </xsl:function>

  <!-- What a reference stands for. -->
  <xsl:function name="p:defined" as="element()*">
    <xsl:param name="reference" as="element(ref)"/>
    <xsl:sequence select="key('p:define', $reference/@name, $grammar)/*"/>
  </xsl:function>

  <!-- content -->

  <xsl:function name="p:content" as="element()">
    <xsl:param name="patterns" as="element(element)+"/>
    <xsl:variable name="each" as="element()*">
      <xsl:for-each select="$patterns">
        <xsl:variable name="parts" as="element()*">
          <xsl:apply-templates mode="p:content" select="p:body(.)"/>
        </xsl:variable>
        <xsl:sequence select="p:seq($parts)"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:sequence select="p:alt($each)"/>
  </xsl:function>

  <!-- The patterns in an element, without its name class. -->
  <xsl:function name="p:body" as="element()*">
    <xsl:param name="pattern" as="element(element)"/>
    <xsl:sequence select="if ($pattern/@name) then $pattern/rng:* else tail($pattern/rng:*)"/>
  </xsl:function>

  <xsl:template match="attribute | text | empty | data | value | list" mode="p:content" as="element()">
    <p:empty/>
  </xsl:template>

  <xsl:template match="notAllowed" mode="p:content" as="element()">
    <p:none/>
  </xsl:template>

  <xsl:template match="element" mode="p:content" as="element()">
    <xsl:variable name="names" as="element()*">
      <xsl:for-each select="p:names(.)">
        <p:e name="{.}" min="1" max="1"/>
      </xsl:for-each>
      <xsl:if test="empty(p:names(.)) or .//anyName or .//nsName">
        <p:any min="1" max="1"/>
      </xsl:if>
    </xsl:variable>
    <xsl:sequence select="p:alt($names)"/>
  </xsl:template>

  <xsl:template match="ref" mode="p:content" as="element()">
    <xsl:choose>
      <xsl:when test="key('p:define', @name, $grammar)[p:is-class(.)]">
        <p:class name="{@name}" min="1" max="1"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="parts" as="element()*">
          <xsl:apply-templates select="p:defined(.)" mode="p:content"/>
        </xsl:variable>
        <xsl:sequence select="p:seq($parts)"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="group | mixed | define" mode="p:content" as="element()">
    <xsl:variable name="parts" as="element()*">
      <xsl:apply-templates mode="p:content"/>
    </xsl:variable>
    <xsl:sequence select="p:seq($parts)"/>
  </xsl:template>

  <xsl:template match="interleave" mode="p:content" as="element()">
    <xsl:variable name="parts" as="element()*">
      <xsl:apply-templates mode="p:content"/>
    </xsl:variable>
    <xsl:variable name="real" as="element()*" select="$parts[not(self::p:empty)]"/>
    <xsl:sequence select="if (count($real) gt 1 and not($real/self::p:none))
      then p:widest($real) else p:seq($parts)"/>
  </xsl:template>

  <xsl:template match="choice" mode="p:content" as="element()">
    <xsl:variable name="parts" as="element()*">
      <xsl:apply-templates mode="p:content"/>
    </xsl:variable>
    <xsl:sequence select="p:alt($parts)"/>
  </xsl:template>

  <xsl:template match="optional | oneOrMore | zeroOrMore" mode="p:content" as="element()">
    <xsl:variable name="parts" as="element()*">
      <xsl:apply-templates mode="p:content"/>
    </xsl:variable>
    <xsl:sequence select="p:repeat(p:seq($parts), if (self::oneOrMore) then 1 else 0,
      if (self::optional) then '1' else 'unbounded')"/>
  </xsl:template>

  <!-- particles -->

  <xsl:function name="p:seq" as="element()">
    <xsl:param name="parts" as="element()*"/>
    <xsl:variable name="real" as="element()*" select="$parts[not(self::p:empty)]"/>
    <xsl:choose>
      <xsl:when test="$real/self::p:none">
        <p:none/>
      </xsl:when>
      <xsl:when test="empty($real)">
        <p:empty/>
      </xsl:when>
      <xsl:when test="count($real) = 1">
        <xsl:sequence select="$real"/>
      </xsl:when>
      <xsl:otherwise>
        <p:seq min="1" max="1">
          <xsl:sequence select="$real"/>
        </p:seq>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:function name="p:alt" as="element()">
    <xsl:param name="parts" as="element()*"/>
    <xsl:variable name="real" as="element()*" select="$parts[not(self::p:empty or self::p:none)]"/>
    <xsl:variable name="least" as="xs:integer" select="if ($parts/self::p:empty) then 0 else 1"/>
    <xsl:choose>
      <xsl:when test="empty($real)">
        <xsl:sequence select="($parts/self::p:empty, p:none())[1]"/>
      </xsl:when>
      <xsl:when test="count($real) = 1">
        <xsl:sequence select="p:repeat($real, $least, '1')"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="whole" as="element()">
          <p:alt min="1" max="1">
            <xsl:sequence select="p:told-once($real)"/>
          </p:alt>
        </xsl:variable>
        <xsl:sequence select="p:repeat($whole, $least, '1')"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:function name="p:none" as="element()">
    <p:none/>
  </xsl:function>

  <!-- Alternatives that are single elements overlap harmlessly once each is named but once. -->
  <xsl:function name="p:told-once" as="element()*">
    <xsl:param name="parts" as="element()*"/>
    <xsl:variable name="single" as="element()*" select="$parts[p:is-single(.)]"/>
    <xsl:variable name="names" as="xs:string*" select="$single ! p:facts(.)('first')"/>
    <xsl:choose>
      <xsl:when test="count($names) = count(distinct-values($names))">
        <xsl:sequence select="$parts"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="p:named(distinct-values($names)), $parts except $single"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:function name="p:is-single" as="xs:boolean">
    <xsl:param name="particle" as="element()"/>
    <xsl:sequence select="$particle/@min = '1' and $particle/@max = '1' and
      ($particle[self::p:e or self::p:class]
        or $particle/self::p:alt and (every $part in $particle/* satisfies p:is-single($part)))"/>
  </xsl:function>

  <xsl:function name="p:named" as="element()*">
    <xsl:param name="names" as="xs:string*"/>
    <xsl:for-each select="$names">
      <p:e name="{.}" min="1" max="1"/>
    </xsl:for-each>
  </xsl:function>

  <!-- Returns a particle as often as is said, folded into its own count where that is the same. -->
  <xsl:function name="p:repeat" as="element()">
    <xsl:param name="particle" as="element()"/>
    <xsl:param name="min" as="xs:integer"/>
    <xsl:param name="max" as="xs:string"/>
    <xsl:choose>
      <xsl:when test="$particle[self::p:empty]">
        <xsl:sequence select="$particle"/>
      </xsl:when>
      <xsl:when test="$particle[self::p:none]">
        <xsl:element name="{if ($min = 0) then 'p:empty' else 'p:none'}"/>
      </xsl:when>
      <xsl:when test="$max = '1' or $particle/@min = ('0', '1')">
        <xsl:copy select="$particle">
          <xsl:sequence select="@*"/>
          <xsl:attribute name="min" select="min((xs:integer(@min), $min * xs:integer(@min)))"/>
          <xsl:attribute name="max" select="if ($max = '1') then @max else $max"/>
          <xsl:sequence select="node()"/>
        </xsl:copy>
      </xsl:when>
      <xsl:otherwise>
        <p:seq min="{$min}" max="{$max}">
          <xsl:sequence select="$particle"/>
        </p:seq>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- Returns the elements of particles, in any order and number. -->
  <xsl:function name="p:widest" as="element()">
    <xsl:param name="particles" as="element()*"/>
    <xsl:variable name="names" as="xs:string*"
      select="distinct-values($particles ! p:facts(.)('all'))"/>
    <p:alt min="0" max="unbounded">
      <xsl:choose>
        <xsl:when test="$names = '*'">
          <p:any min="1" max="1"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:sequence select="p:named($names)"/>
        </xsl:otherwise>
      </xsl:choose>
    </p:alt>
  </xsl:function>

  <!-- Returns a content model that XSD takes: itself, or its elements in any order and number. -->
  <xsl:function name="p:sure" as="element()">
    <xsl:param name="content" as="element()"/>
    <xsl:sequence select="if ($content/self::p:none) then p:seq(())
      else if ($content/self::p:empty or p:facts($content)('sure')) then $content
      else p:widest($content)"/>
  </xsl:function>

  <!--
    Returns what tells whether a model is ambiguous: all names in it, which may come first, which
    may go on where it could end, whether it may be empty, and whether each name is sure to be met
    by one particle only (Brüggemann-Klein and Wood, One-Unambiguous Regular Languages).
  -->
  <xsl:function name="p:facts" as="map(*)">
    <xsl:param name="particle" as="element()"/>
    <xsl:variable name="once" as="map(*)" select="p:once($particle)"/>
    <xsl:variable name="again" as="xs:boolean" select="$particle/@max = 'unbounded'"/>
    <xsl:sequence select="map{
      'all': $once('all'),
      'first': $once('first'),
      'after': distinct-values(($once('after'), if ($again) then $once('first') else ())),
      'empty': $once('empty') or $particle/@min = '0',
      'sure': $once('sure') and not($again and p:meet($once('after'), $once('first')))
    }"/>
  </xsl:function>

  <xsl:function name="p:once" as="map(*)">
    <xsl:param name="particle" as="element()"/>
    <xsl:variable name="parts" as="map(*)*" select="$particle/* ! p:facts(.)"/>
    <xsl:choose>
      <xsl:when test="$particle/self::p:seq">
        <xsl:sequence select="fold-left(tail($parts), head($parts), p:then#2)"/>
      </xsl:when>
      <xsl:when test="$particle/self::p:alt">
        <xsl:variable name="first" as="xs:string*" select="$parts ! .('first')"/>
        <xsl:sequence select="map{
          'all': distinct-values($parts ! .('all')),
          'first': distinct-values($first),
          'after': distinct-values($parts ! .('after')),
          'empty': $parts ! .('empty') = true(),
          'sure': not($parts ! .('sure') = false()) and not('*' = $first and count($first) gt 1)
            and count($first) = count(distinct-values($first))
        }"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="names" as="xs:string*" select="if ($particle/self::p:class)
          then p:members($particle/@name) else string(($particle/@name, '*')[1])"/>
        <xsl:sequence select="map{'all': $names, 'first': $names, 'after': (), 'empty': false(),
          'sure': true()}"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:function name="p:then" as="map(*)">
    <xsl:param name="one" as="map(*)"/>
    <xsl:param name="two" as="map(*)"/>
    <xsl:sequence select="map{
      'all': distinct-values(($one('all'), $two('all'))),
      'first': distinct-values(($one('first'), if ($one('empty')) then $two('first') else ())),
      'after': distinct-values(($two('after'),
        if ($two('empty')) then ($one('after'), $two('first')) else ())),
      'empty': $one('empty') and $two('empty'),
      'sure': $one('sure') and $two('sure') and not(p:meet($one('after'), $two('first')))
        and not($one('empty') and p:meet($one('first'), $two('first')))
    }"/>
  </xsl:function>

  <xsl:function name="p:meet" as="xs:boolean">
    <xsl:param name="one" as="xs:string*"/>
    <xsl:param name="two" as="xs:string*"/>
    <xsl:sequence select="$one = $two or ($one = '*' and exists($two)) or ($two = '*' and exists($one))"/>
  </xsl:function>

  <!-- classes: definitions that are a choice between elements -->

  <xsl:function name="p:is-class" as="xs:boolean" cache="yes">
    <xsl:param name="define" as="element(define)"/>
    <xsl:sequence select="exists($define/choice) and count($define/rng:*) = 1
      and count(key('p:define', $define/@name, $grammar)) = 1
      and (every $part in $define/choice/rng:* satisfies
        ($part/self::ref and (every $target in key('p:define', $part/@name, $grammar) satisfies
          (p:is-one-element($target) or p:is-class($target)))))"/>
  </xsl:function>

  <xsl:function name="p:is-one-element" as="xs:boolean">
    <xsl:param name="define" as="element(define)"/>
    <xsl:sequence select="count($define/rng:*) = 1 and exists($define/element)
      and count(p:names($define/element)) = 1"/>
  </xsl:function>

  <xsl:function name="p:members" as="xs:string*" cache="yes">
    <xsl:param name="class" as="xs:string"/>
    <xsl:variable name="names" as="xs:string*">
      <xsl:for-each select="key('p:define', $class, $grammar)/choice/ref/key('p:define', @name, $grammar)">
        <xsl:sequence select="if (element) then p:names(element) else p:members(@name)"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:sequence select="distinct-values($names)"/>
  </xsl:function>

  <!-- attributes -->

  <xsl:function name="p:attributes" as="element()*">
    <xsl:param name="pattern" as="element(element)"/>
    <xsl:apply-templates select="p:body($pattern)" mode="p:attributes">
      <xsl:with-param name="required" select="true()" tunnel="yes"/>
    </xsl:apply-templates>
  </xsl:function>

  <xsl:template match="element" mode="p:attributes"/>

  <xsl:template match="ref" mode="p:attributes" as="element()*">
    <xsl:apply-templates select="p:defined(.)" mode="#current"/>
  </xsl:template>

  <xsl:template match="optional | zeroOrMore" mode="p:attributes" as="element()*">
    <xsl:apply-templates mode="#current">
      <xsl:with-param name="required" select="false()" tunnel="yes"/>
    </xsl:apply-templates>
  </xsl:template>

  <xsl:template match="choice[count(rng:*) gt 1]" mode="p:attributes" as="element()*">
    <xsl:apply-templates mode="#current">
      <xsl:with-param name="required" select="false()" tunnel="yes"/>
    </xsl:apply-templates>
  </xsl:template>

  <xsl:template match="attribute" mode="p:attributes" as="element()*">
    <xsl:param name="required" as="xs:boolean" tunnel="yes"/>
    <xsl:variable name="attribute" as="element()" select="."/>
    <xsl:variable name="names" as="xs:string*" select="p:names(.)"/>
    <xsl:for-each select="$names">
      <p:attribute ns="{p:uri(.)}" name="{p:local(.)}" required="{$required and count($names) = 1}">
        <xsl:sequence select="$attribute/a:documentation"/>
        <xsl:sequence select="p:own-values($attribute/rng:*)"/>
        <xsl:if test="$attribute/rng:*[not(self::name)] ! p:may-be-empty(.) = true()">
          <rng:value/>
        </xsl:if>
      </p:attribute>
    </xsl:for-each>
    <xsl:if test="empty($names) or .//anyName or .//nsName">
      <p:any-attribute/>
    </xsl:if>
  </xsl:template>

  <!-- A definition of nothing but attributes becomes a group of them. -->
  <xsl:function name="p:is-attributes" as="xs:boolean" cache="yes">
    <xsl:param name="define" as="element(define)"/>
    <xsl:variable name="around" as="element()*" select="$define//rng:*[not(ancestor-or-self::attribute)]"/>
    <xsl:sequence select="count(key('p:define', $define/@name, $grammar)) = 1
      and exists($define/(optional/attribute | attribute | ref))
      and empty($define//(anyName | nsName))
      and (every $part in $around satisfies ($part[self::optional or self::empty]
        or key('p:define', $part/self::ref/@name, $grammar)[p:is-attributes(.)]))"/>
  </xsl:function>

  <xsl:function name="p:grouped" as="element()*" cache="yes">
    <xsl:param name="group" as="xs:string"/>
    <xsl:apply-templates select="key('p:define', $group, $grammar)/*" mode="p:attributes">
      <xsl:with-param name="required" select="true()" tunnel="yes"/>
    </xsl:apply-templates>
  </xsl:function>

  <!-- Returns the groups of attributes of an element that have none that it has from elsewhere. -->
  <xsl:function name="p:groups" as="xs:string*">
    <xsl:param name="pattern" as="element(element)"/>
    <xsl:variable name="all" as="xs:string*" select="p:attributes($pattern)/self::p:attribute/p:clark(.)"/>
    <xsl:variable name="twice" as="xs:string*"
      select="for $name in distinct-values($all) return $name[count(index-of($all, $name)) gt 1]"/>
    <xsl:for-each select="$pattern/ref[key('p:define', @name, $grammar)[p:is-attributes(.)]]">
      <xsl:if test="not(p:grouped(@name)/p:clark(.) = $twice)">
        <xsl:sequence select="string(@name)"/>
      </xsl:if>
    </xsl:for-each>
  </xsl:function>

  <!-- Returns the attributes of an element, however many patterns there are for it. -->
  <xsl:function name="p:all-attributes" as="element()*">
    <xsl:param name="patterns" as="element(element)+"/>
    <xsl:variable name="found" as="element()*" select="$patterns ! p:attributes(.)"/>
    <xsl:variable name="groups" as="xs:string*" select="if (count($patterns) = 1) then p:groups($patterns) else ()"/>
    <xsl:variable name="grouped" as="xs:string*" select="$groups ! p:grouped(.) ! p:clark(.)"/>
    <xsl:sequence select="p:written($found/self::p:attribute[not(p:clark(.) = $grouped)], count($patterns) = 1)"/>
    <xsl:for-each select="$groups">
      <xs:attributeGroup ref="{p:qname('{' || $main || '}' || .)}"/>
    </xsl:for-each>
    <xsl:if test="$found/self::p:any-attribute">
      <xs:anyAttribute namespace="##any" processContents="skip"/>
    </xsl:if>
  </xsl:function>

  <xsl:function name="p:written" as="element()*">
    <xsl:param name="attributes" as="element(p:attribute)*"/>
    <xsl:param name="sure" as="xs:boolean"/>
    <xsl:for-each-group select="$attributes" group-by="p:clark(.)">
      <xsl:sort select="current-grouping-key()"/>
      <xsl:variable name="needed" as="xs:boolean" select="$sure and current-group()/@required = 'true'"/>
      <xsl:variable name="use" as="xs:string" select="if ($needed) then 'required' else 'optional'"/>
      <xsl:choose>
        <xsl:when test="@ns = ''">
          <xsl:sequence select="p:attribute(@name, current-group()/node(), $use)"/>
        </xsl:when>
        <xsl:otherwise>
          <xs:attribute ref="{p:qname(current-grouping-key())}" use="{$use}"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each-group>
  </xsl:function>

  <xsl:function name="p:clark" as="xs:string">
    <xsl:param name="attribute" as="element(p:attribute)"/>
    <xsl:sequence select="'{' || $attribute/@ns || '}' || $attribute/@name"/>
  </xsl:function>

  <xsl:function name="p:attribute" as="element(xs:attribute)">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="content" as="node()*"/>
    <xsl:param name="use" as="xs:string"/>
    <xsl:variable name="type" as="element(xs:simpleType)?" select="p:simple($content/self::rng:*)"/>
    <xs:attribute name="{$name}">
      <xsl:if test="$use">
        <xsl:attribute name="use" select="$use"/>
      </xsl:if>
      <xsl:if test="$type/@p:named">
        <xsl:attribute name="type" select="$type/@p:named"/>
      </xsl:if>
      <xsl:sequence select="p:annotation($content)"/>
      <xsl:sequence select="$type[not(@p:named)]"/>
    </xs:attribute>
  </xsl:function>

  <!-- values -->

  <!-- Whether text may stand in an element beside or instead of other content. -->
  <xsl:function name="p:has-text" as="xs:boolean">
    <xsl:param name="pattern" as="element(element)"/>
    <xsl:sequence select="exists(p:leaves(p:body($pattern))[self::text or self::mixed])"/>
  </xsl:function>

  <!-- The patterns of values in patterns, each once, those of attributes and children left out. -->
  <xsl:function name="p:own-values" as="element()*">
    <xsl:param name="patterns" as="element()*"/>
    <xsl:variable name="leaves" as="element()*" select="p:leaves($patterns)"/>
    <xsl:sequence select="$leaves[not(self::mixed)]"/>
  </xsl:function>

  <xsl:function name="p:leaves" as="element()*">
    <xsl:param name="patterns" as="element()*"/>
    <xsl:apply-templates select="$patterns" mode="p:values"/>
  </xsl:function>

  <xsl:template match="element | attribute | name | anyName | nsName" mode="p:values"/>

  <xsl:template match="text | data | value | list" mode="p:values" as="element()">
    <xsl:sequence select="."/>
  </xsl:template>

  <xsl:template match="mixed" mode="p:values" as="element()*">
    <xsl:sequence select="."/>
    <xsl:apply-templates mode="#current"/>
  </xsl:template>

  <xsl:template match="ref" mode="p:values" as="element()*">
    <xsl:sequence select="if (key('p:define', @name, $grammar)[p:is-type(.)]) then . else p:leaves(p:defined(.))"/>
  </xsl:template>

  <!-- Whether a pattern of values takes no value too. -->
  <xsl:function name="p:may-be-empty" as="xs:boolean">
    <xsl:param name="pattern" as="element()"/>
    <xsl:sequence select="
      if ($pattern[self::empty or self::optional or self::zeroOrMore]) then true()
      else if ($pattern/self::choice) then $pattern/rng:* ! p:may-be-empty(.) = true()
      else if ($pattern/self::ref) then p:defined($pattern)[self::rng:*] ! p:may-be-empty(.) = true()
      else $pattern[self::group or self::oneOrMore] and
        (every $part in $pattern/rng:* satisfies p:may-be-empty($part))"/>
  </xsl:function>

  <!-- A definition of nothing but values becomes a type with its name. -->
  <xsl:function name="p:is-type" as="xs:boolean" cache="yes">
    <xsl:param name="define" as="element(define)"/>
    <xsl:sequence select="count(key('p:define', $define/@name, $grammar)) = 1
      and exists($define/rng:*) and empty($define//(text | empty | notAllowed | list | except))
      and (every $part in $define//rng:* satisfies
        ($part[self::data or self::value or self::choice or self::param]
          or key('p:define', $part/self::ref/@name, $grammar)[p:is-type(.)]))"/>
  </xsl:function>

  <!-- Returns the type of values, none where they may be anything. -->
  <xsl:function name="p:simple" as="element(xs:simpleType)?">
    <xsl:param name="leaves" as="element()*"/>
    <xsl:variable name="types" as="element(xs:simpleType)*" select="p:types($leaves[not($leaves/self::text)])"/>
    <xsl:choose>
      <xsl:when test="empty($leaves) or $leaves/self::text"/>
      <xsl:when test="count($types) = 1">
        <xsl:sequence select="$types"/>
      </xsl:when>
      <xsl:otherwise>
        <xs:simpleType>
          <xs:union>
            <xsl:if test="$types/@p:named">
              <xsl:attribute name="memberTypes" select="distinct-values($types/@p:named)"/>
            </xsl:if>
            <xsl:sequence select="$types[not(@p:named)]"/>
          </xs:union>
        </xs:simpleType>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:function name="p:types" as="element(xs:simpleType)*">
    <xsl:param name="leaves" as="element()*"/>
    <xsl:for-each-group select="$leaves/self::value" group-by="(@type, 'token')[1]">
      <xs:simpleType>
        <xs:restriction base="xs:{current-grouping-key()}">
          <xsl:for-each select="distinct-values(current-group()/string())">
            <xs:enumeration value="{.}"/>
          </xsl:for-each>
        </xs:restriction>
      </xs:simpleType>
    </xsl:for-each-group>
    <xsl:for-each-group select="$leaves[not(self::value)]" group-by="serialize(.)">
      <xsl:sequence select="p:type(.)"/>
    </xsl:for-each-group>
  </xsl:function>

  <xsl:function name="p:type" as="element(xs:simpleType)">
    <xsl:param name="leaf" as="element()"/>
    <xsl:choose>
      <xsl:when test="$leaf/self::ref">
        <xs:simpleType p:named="{p:qname('{' || $main || '}' || $leaf/@name)}"/>
      </xsl:when>
      <xsl:when test="$leaf/self::data[not(param)]">
        <xs:simpleType p:named="xs:{$leaf/@type}"/>
      </xsl:when>
      <xsl:when test="$leaf/self::data">
        <xs:simpleType>
          <xs:restriction base="xs:{$leaf/@type}">
            <xsl:for-each select="$leaf/param">
              <xsl:element name="xs:{@name}">
                <xsl:attribute name="value" select="."/>
              </xsl:element>
            </xsl:for-each>
          </xs:restriction>
        </xs:simpleType>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="p:list($leaf)"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- A list of values; how many there may be at most is left open. -->
  <xsl:function name="p:list" as="element(xs:simpleType)">
    <xsl:param name="list" as="element(list)"/>
    <xsl:variable name="item" as="element(xs:simpleType)?" select="p:simple(p:leaves($list/rng:*))"/>
    <xsl:variable name="plain" as="element(xs:simpleType)">
      <xs:simpleType>
        <xs:list>
          <xsl:if test="$item/@p:named or empty($item)">
            <xsl:attribute name="itemType" select="($item/@p:named, 'xs:token')[1]"/>
          </xsl:if>
          <xsl:sequence select="$item[not(@p:named)]"/>
        </xs:list>
      </xs:simpleType>
    </xsl:variable>
    <xsl:variable name="least" as="xs:integer" select="sum($list/rng:* ! p:least(.))"/>
    <xsl:choose>
      <xsl:when test="$least = 0">
        <xsl:sequence select="$plain"/>
      </xsl:when>
      <xsl:otherwise>
        <xs:simpleType>
          <xs:restriction>
            <xsl:sequence select="$plain"/>
            <xs:minLength value="{$least}"/>
          </xs:restriction>
        </xs:simpleType>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- How many words a pattern in a list takes at least. -->
  <xsl:function name="p:least" as="xs:integer">
    <xsl:param name="pattern" as="element()"/>
    <xsl:sequence select="
      if ($pattern[self::optional or self::zeroOrMore or self::empty or self::text]) then 0
      else if ($pattern[self::data or self::value]) then 1
      else if ($pattern/self::ref) then sum(p:defined($pattern)[self::rng:*] ! p:least(.))
      else if ($pattern/self::choice) then min($pattern/rng:* ! p:least(.))
      else xs:integer(sum($pattern/rng:* ! p:least(.)))"/>
  </xsl:function>

  <!-- writing -->

  <xsl:template match="define[p:is-type(.)]" mode="p:write" as="element(xs:simpleType)">
    <xsl:variable name="type" as="element(xs:simpleType)" select="p:simple(p:leaves(rng:*))"/>
    <xs:simpleType name="{@name}">
      <xsl:choose>
        <xsl:when test="$type/@p:named">
          <xs:restriction base="{$type/@p:named}"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:sequence select="$type/*"/>
        </xsl:otherwise>
      </xsl:choose>
    </xs:simpleType>
  </xsl:template>

  <xsl:template match="define[p:is-class(.)]" mode="p:write" as="element(xs:group)">
    <xs:group name="{@name}">
      <xs:choice>
        <xsl:apply-templates select="p:named(p:members(@name))" mode="p:write"/>
      </xs:choice>
    </xs:group>
  </xsl:template>

  <xsl:template match="define[p:is-attributes(.)]" mode="p:write" as="element(xs:attributeGroup)">
    <xs:attributeGroup name="{@name}">
      <xsl:sequence select="p:written(p:grouped(@name), true())"/>
    </xs:attributeGroup>
  </xsl:template>

  <xsl:template match="p:e" mode="p:write" as="element()">
    <xs:element ref="{p:qname(@name)}">
      <xsl:sequence select="p:count(.)"/>
    </xs:element>
  </xsl:template>

  <xsl:template match="p:any" mode="p:write" as="element()">
    <xs:any namespace="##any" processContents="skip">
      <xsl:sequence select="p:count(.)"/>
    </xs:any>
  </xsl:template>

  <xsl:template match="p:class" mode="p:write" as="element()">
    <xs:group ref="{p:qname('{' || $main || '}' || @name)}">
      <xsl:sequence select="p:count(.)"/>
    </xs:group>
  </xsl:template>

  <xsl:template match="p:seq | p:alt" mode="p:write" as="element()">
    <xsl:element name="xs:{if (self::p:seq) then 'sequence' else 'choice'}">
      <xsl:sequence select="p:count(.)"/>
      <xsl:apply-templates select="*" mode="p:write"/>
    </xsl:element>
  </xsl:template>

  <xsl:function name="p:count" as="attribute()*">
    <xsl:param name="particle" as="element()"/>
    <xsl:if test="$particle/@min != '1'">
      <xsl:attribute name="minOccurs" select="$particle/@min"/>
    </xsl:if>
    <xsl:if test="$particle/@max != '1'">
      <xsl:attribute name="maxOccurs" select="$particle/@max"/>
    </xsl:if>
  </xsl:function>

  <xsl:function name="p:documentation" as="element(xs:annotation)?">
    <xsl:param name="pattern" as="element()"/>
    <xsl:sequence select="p:annotation($pattern/*)"/>
  </xsl:function>

  <xsl:function name="p:annotation" as="element(xs:annotation)?"
   >
    <xsl:param name="content" as="node()*"/>
    <xsl:for-each select="$content[self::a:documentation][1]">
      <xs:annotation>
        <xs:documentation>{.}</xs:documentation>
      </xs:annotation>
    </xsl:for-each>
  </xsl:function>

</xsl:stylesheet>
